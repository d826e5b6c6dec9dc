#!/bin/sh
. "$(dirname "$0")/lib.sh"
seconds() { ffprobe -v error -show_entries format=duration -of csv=p=0 "$1"; }
draw_sound talk.wav 3
for format in mp3 ogg opus m4a flac; do
  ffmpeg -v error -i talk.wav talk.$format
  for mode in robot disguise keep; do
    expect_exit 0 faceveil hide -f talk.$format --voice $mode -o out.$format
    # To a frame of the coder, 64 ms at most.
    awk -v a="$(seconds talk.$format)" -v b="$(seconds out.$format)" \
      'BEGIN { exit !(a - b < 0.065 && b - a < 0.065) }' || fail "$format, $mode: another length"
  done
  size=$(wc -c <talk.$format)
  for part in 3 6 9; do
    head -c $((size * part / 10)) talk.$format >cut.$format
    for mode in robot keep; do
      expect_exit 1 faceveil hide -f cut.$format --voice $mode -o none.$format
      expect_text err "The sound file is damaged or cut off."
      expect_no_file none.$format
    done
  done
done
# MP3 without a header that counts its frames: the last one is cut off.
ffmpeg -v error -i talk.wav -write_xing 0 bare.mp3
expect_exit 0 faceveil hide bare.mp3 --voice robot
head -c $(($(wc -c <bare.mp3) - 30)) bare.mp3 >cut.mp3
expect_exit 1 faceveil hide -f cut.mp3 --voice robot -o none.mp3
