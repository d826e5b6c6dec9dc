#!/bin/sh
. "$(dirname "$0")/lib.sh"
draw photo.jpg
expect_exit 0 faceveil hide photo.jpg
expect_text out "photo.jpg -> photo-hidden.jpg: 3 faces hidden"
expect_only photo.jpg photo-hidden.jpg
