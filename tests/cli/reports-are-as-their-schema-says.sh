#!/bin/sh
here=$(cd "$(dirname "$0")" && pwd)
. "$here/lib.sh"
as_schema_says() { node "$here/hold_to_schema.mjs" "$here/../../docs/report.schema.json" "$1"; }

# Hidden, unchanged, and failed, with each effect's claim.
draw a.jpg
draw_landscape b.png
printf 'no picture' > c.jpg
printf 'a tail' >> a.jpg
expect_exit 1 faceveil hide a.jpg b.png c.jpg --out-dir safe --effect mosaic --second-look none \
  --report hidden.json
for status in hidden unchanged failed; do expect_text hidden.json "\"status\": \"$status\""; done
as_schema_says hidden.json || fail "the report of hide"

# Withheld, with faces as findings: a plan that a detector would have written, had it missed them.
faceveil plan a.jpg -o plan.json --no-detect --box 4,4,12,12 >out
sed 's/"detector": ""/"detector": "fusion"/' plan.json > missed.json
expect_exit 3 faceveil apply missed.json -o d.jpg --second-look balanced --exact --report withheld.json
expect_text withheld.json '"status": "withheld"'
expect_text withheld.json '"score":'
as_schema_says withheld.json || fail "the report of apply"

# A film and a sound.
ffmpeg -v error -f lavfi -i testsrc=size=96x64:rate=10 -t 0.5 -pix_fmt yuv420p -c:v libx264 clip.mp4
draw_sound talk.wav 0.5
expect_exit 0 faceveil hide clip.mp4 -o safe.mp4 --no-detect --box 10,10,30,30 --report film.json
expect_exit 0 faceveil hide talk.wav -o safe.wav --voice mute --report sound.json
expect_text film.json '"tracks": 1'
expect_text sound.json '"voice": "mute"'
as_schema_says film.json || fail "the report of a film"
as_schema_says sound.json || fail "the report of a sound"

# And the schema refuses what it does not name.
sed 's/"program"/"pixels": "none", "program"/' hidden.json > more.json
! as_schema_says more.json 2>err || fail "a key that is in no schema passed"
expect_text err "has pixels"
