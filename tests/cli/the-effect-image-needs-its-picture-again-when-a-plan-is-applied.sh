#!/bin/sh
. "$(dirname "$0")/lib.sh"
draw a.png
draw_landscape cat.png
draw_landscape dog.webp
expect_exit 1 faceveil hide a.png --effect image
expect_text err "--image: The effect image needs a picture"
expect_exit 1 faceveil hide a.png --image cat.png
expect_text err "--image: Only the effect image takes a picture."
expect_exit 0 faceveil hide a.png -o direct.png --effect image --image cat.png --plan-out plan.json
expect_text plan.json "\"sha256\": \"$(sha256sum < cat.png | cut -c1-64)\""
expect_exit 1 faceveil apply plan.json -o applied.png
expect_text err "cat.png"
expect_exit 1 faceveil apply plan.json -o applied.png --image dog.webp
expect_text err "SHA-256 differs"
expect_no_file applied.png
expect_exit 0 faceveil apply plan.json -o applied.png --image cat.png
expect_same direct.png applied.png
expect_exit 0 faceveil hide a.png -o emoji.png --effect emoji
expect_different direct.png emoji.png
