#!/bin/sh
. "$(dirname "$0")/lib.sh"
draw group.png
ffmpeg -v error -loop 1 -framerate 10 -i group.png -t 2 -vf "scale=240:-2,crop=224:ih:8+8*sin(n):0" \
  -pix_fmt yuv420p -c:v mpeg4 -q:v 3 -g 10 clip.mp4
# Every so many-th byte of the coded pictures is another one.
ffmpeg -v error -i clip.mp4 -c copy -bsf:v noise=amount=2000 damaged.mp4
expect_exit 1 faceveil hide damaged.mp4
expect_text err "--best-effort"
expect_only group.png clip.mp4 damaged.mp4
expect_exit 0 faceveil hide damaged.mp4 --best-effort --report report.json --plan-out plan.json
expect_text out "covered whole, because of damage"
# Length and number of pictures stay.
frames() { ffprobe -v error -count_packets -show_entries stream=nb_read_packets -of csv=p=0 "$1"; }
[ "$(frames damaged-hidden.mp4)" = "$(frames damaged.mp4)" ] || fail "pictures are missing"
expect_exit 0 faceveil verify damaged-hidden.mp4 --plan plan.json --search balanced
