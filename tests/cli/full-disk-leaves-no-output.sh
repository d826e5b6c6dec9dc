#!/bin/sh
. "$(dirname "$0")/lib.sh"
draw a.png
(ulimit -f 8; trap '' XFSZ; expect_exit 1 faceveil hide a.png -o b.png)
expect_text err "b.png: The output cannot be written"
expect_only a.png
expect_exit 1 sh -c '"$FACEVEIL_PROGRAM" hide - < a.png > /dev/full'
