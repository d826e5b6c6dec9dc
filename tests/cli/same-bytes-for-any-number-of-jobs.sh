#!/bin/sh
. "$(dirname "$0")/lib.sh"
mkdir in; for i in 1 2 3 4 5 6; do draw in/$i.jpg $i; done
expect_exit 0 faceveil hide in --out-dir one --jobs 1
expect_exit 0 faceveil hide in --out-dir four --jobs 4
for i in 1 2 3 4 5 6; do expect_same one/$i.jpg four/$i.jpg; done
