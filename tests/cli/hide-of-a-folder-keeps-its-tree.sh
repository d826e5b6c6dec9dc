#!/bin/sh
. "$(dirname "$0")/lib.sh"
mkdir -p trip/day2
draw trip/a.jpg 1; draw trip/day2/b.png 2; echo hello > trip/notes.txt
expect_exit 0 faceveil hide trip --recursive --out-dir safe
expect_text out "trip/notes.txt: not a picture, left alone"
expect_text out "2 pictures done, 0 failed, 6 faces hidden."
[ -s safe/a.jpg ] && [ -s safe/day2/b.png ] || fail "outputs are missing"
expect_no_file safe/notes.txt
