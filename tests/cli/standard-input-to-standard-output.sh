#!/bin/sh
. "$(dirname "$0")/lib.sh"
draw a.png
faceveil hide - < a.png > piped.png 2> err
expect_text err "3 faces hidden"
faceveil hide a.png -o direct.png > out
expect_same piped.png direct.png
