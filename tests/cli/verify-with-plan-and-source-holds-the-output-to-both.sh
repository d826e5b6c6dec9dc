#!/bin/sh
. "$(dirname "$0")/lib.sh"
draw a.jpg
expect_exit 0 faceveil hide a.jpg -o out.jpg --plan-out plan.json
expect_exit 0 faceveil verify out.jpg --plan plan.json --source a.jpg --search balanced --json
expect_text out '"check":"locality","outcome":"clean"'
# A picture with another background under the same plan is not what was made from the source.
draw_landscape b.jpg
expect_exit 1 faceveil verify b.jpg --plan plan.json --source a.jpg --search balanced
expect_exit 1 faceveil verify out.jpg --plan plan.json --source b.jpg --search balanced
expect_text err "another file"
