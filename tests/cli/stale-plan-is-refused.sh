#!/bin/sh
. "$(dirname "$0")/lib.sh"
draw a.jpg 1; draw b.jpg 2
expect_exit 0 faceveil plan a.jpg -o plan.json
expect_exit 1 faceveil apply plan.json --input b.jpg -o c.jpg
expect_text err "The plan was made from another file"
expect_no_file c.jpg
sed 's/"version": 1/"version": 7/' plan.json > newer.json
expect_exit 1 faceveil apply newer.json -o c.jpg
expect_text err "newer.json"
expect_no_file c.jpg
