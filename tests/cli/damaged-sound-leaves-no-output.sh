#!/bin/sh
. "$(dirname "$0")/lib.sh"
draw_sound talk.wav 1
head -c 20000 talk.wav >cut.wav
expect_exit 1 faceveil hide cut.wav --voice disguise
expect_text err "cut.wav: The sound file is damaged or cut off."
rm cut.wav
expect_exit 1 faceveil hide talk.wav --voice loud
expect_text err "--voice: There is no way \"loud\""
expect_exit 1 faceveil hide talk.wav --mute 5-4
expect_text err "--mute: \"5-4\" is not a stretch of time"
expect_only talk.wav
