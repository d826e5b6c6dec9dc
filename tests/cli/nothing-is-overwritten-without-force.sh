#!/bin/sh
. "$(dirname "$0")/lib.sh"
draw a.jpg; echo mine > b.jpg
expect_exit 1 faceveil hide a.jpg -o b.jpg
expect_text err "b.jpg: The file exists already; give --force to replace it."
[ "$(cat b.jpg)" = mine ] || fail "b.jpg was touched"
expect_exit 0 faceveil hide a.jpg -o b.jpg --force
expect_different a.jpg b.jpg
