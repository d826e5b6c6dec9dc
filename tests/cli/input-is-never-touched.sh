#!/bin/sh
. "$(dirname "$0")/lib.sh"
draw a.jpg; cp a.jpg copy.jpg; chmod 444 a.jpg
expect_exit 0 faceveil hide a.jpg
expect_exit 1 faceveil hide a.jpg -o a.jpg
expect_same a.jpg copy.jpg
