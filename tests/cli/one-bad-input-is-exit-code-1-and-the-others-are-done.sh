#!/bin/sh
. "$(dirname "$0")/lib.sh"
draw a.jpg; head -c 3000 a.jpg > cut.jpg
expect_exit 1 faceveil hide a.jpg cut.jpg none.jpg --out-dir safe
expect_text err "cut.jpg: "
expect_text err "none.jpg: There is no such file."
[ -s safe/a.jpg ] || fail "the good picture was not done"
expect_no_file safe/cut.jpg
expect_no_file safe/none.jpg
