#!/bin/sh
. "$(dirname "$0")/lib.sh"
mkdir trip; draw trip/a.jpg; echo "no picture" > trip/film.mp4
expect_exit 1 faceveil hide trip --out-dir safe
expect_text err "trip/film.mp4: "
expect_no_file safe/film.mp4
