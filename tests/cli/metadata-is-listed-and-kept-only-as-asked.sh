#!/bin/sh
. "$(dirname "$0")/lib.sh"
draw_landscape plain.jpg
# A comment of 11 bytes behind SOI, and a tail.
{ head -c 2 plain.jpg; printf '\377\376\000\015GEHEIM-4711'; tail -c +3 plain.jpg; printf 'TAIL'; } > a.jpg
expect_exit 0 faceveil metadata a.jpg
expect_text out "comment (COM)"
expect_text out "bytes behind the end"
! grep -q GEHEIM out || fail "a value was shown without being asked for"
expect_exit 0 faceveil metadata a.jpg --show-values --json
expect_text out '"value":"GEHEIM-4711"'
expect_text out '"kind":"trailing_bytes"'
expect_exit 0 faceveil hide a.jpg -o clean.jpg
! grep -q -a -e GEHEIM -e TAIL clean.jpg || fail "clean kept something"
expect_exit 0 faceveil hide a.jpg -o all.jpg --metadata keep-all
grep -q -a GEHEIM all.jpg || fail "keep-all lost the comment"
! grep -q -a TAIL all.jpg || fail "keep-all kept the tail"
expect_exit 1 faceveil hide a.jpg -o no.jpg --metadata everything
expect_text err "--metadata"
expect_exit 1 faceveil hide a.jpg -o no.jpg --keep-gps
expect_text err "--keep-gps"
expect_no_file no.jpg
expect_exit 1 faceveil metadata none.jpg
