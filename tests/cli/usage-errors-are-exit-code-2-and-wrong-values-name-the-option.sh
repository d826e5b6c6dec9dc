#!/bin/sh
. "$(dirname "$0")/lib.sh"
expect_exit 2 faceveil
expect_exit 2 faceveil hide
expect_exit 2 faceveil hide a.jpg --no-such-option
draw a.jpg
expect_exit 1 faceveil hide a.jpg --effect smear
expect_text err "--effect: \"smear\" is not known; choose one of: veil, solid, emoji, image, mosaic, blur."
expect_exit 1 faceveil hide a.jpg --threshold 7
expect_text err "--threshold: "
expect_exit 1 faceveil hide a.jpg --search everywhere
expect_exit 1 faceveil hide a.jpg --detector nobody
expect_exit 1 faceveil hide a.jpg a.jpg -o b.jpg
expect_only a.jpg
