#!/bin/sh
. "$(dirname "$0")/lib.sh"
draw a.jpg
expect_exit 0 faceveil hide a.jpg -o direct.jpg --effect solid --plan-out direct.json
expect_exit 0 faceveil plan a.jpg -o plan.json --effect solid
expect_same direct.json plan.json
expect_exit 0 faceveil apply plan.json -o applied.jpg
expect_text out "3 regions hidden"
expect_same direct.jpg applied.jpg
