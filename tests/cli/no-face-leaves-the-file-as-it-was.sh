#!/bin/sh
. "$(dirname "$0")/lib.sh"
for extension in jpg png webp; do
  draw_landscape a.$extension
  expect_exit 0 faceveil hide a.$extension
  expect_text out "no face found; the picture is unchanged"
  expect_same a.$extension a-hidden.$extension
done
