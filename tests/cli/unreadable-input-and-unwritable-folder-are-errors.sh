#!/bin/sh
. "$(dirname "$0")/lib.sh"
draw a.jpg; mkdir trip locked; chmod 555 locked
expect_exit 1 faceveil hide trip
expect_text err "No picture was found"
[ "$(id -u)" = 0 ] && exit 0  # Root may write anywhere.
expect_exit 1 faceveil hide a.jpg -o locked/b.jpg
expect_text err "locked/b.jpg: "
