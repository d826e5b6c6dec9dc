#!/bin/sh
. "$(dirname "$0")/lib.sh"
draw a.jpg
expect_exit 0 faceveil hide a.jpg -o b.png
[ "$(head -c 4 b.png | tail -c 3)" = PNG ] || fail "b.png is no PNG"
expect_exit 0 faceveil hide a.jpg -o b.jpeg
[ "$(od -An -tx1 -N3 b.jpeg)" = " ff d8 ff" ] || fail "b.jpeg is no JPEG"
