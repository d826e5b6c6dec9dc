#!/bin/sh
. "$(dirname "$0")/lib.sh"
draw_landscape a.png
expect_exit 0 faceveil hide a.png -o b.png --no-detect --box 10,20,50,60 --box=-5,-5,20,20
expect_text out "2 faces hidden"
expect_exit 0 faceveil hide a.png -o c.png --no-detect
expect_text out "no face found; the picture is unchanged"
for box in 1,2,3 1,2,0,4 x; do
  expect_exit 1 faceveil hide a.png -o d.png --box $box
  expect_text err "--box: "
done
expect_no_file d.png
