#!/bin/sh
. "$(dirname "$0")/lib.sh"
films=${FACEVEIL_SHARED:-none}/video
[ -d "$films" ] || { echo "skipped: no $films, set FACEVEIL_SHARED"; exit 77; }
packets() {
  ffprobe -v error -count_packets -select_streams "$2" -show_entries stream=nb_read_packets \
    -of csv=p=0 "$1"
}
end() { ffprobe -v error -select_streams "$2" -show_entries packet=pts_time -of csv=p=0 "$1" | sort -n | tail -1; }
shape() { ffprobe -v error -select_streams v -show_entries stream=width,height -of csv=p=0 "$1"; }
for film in "$films"/*.mp4 "$films"/*.gif; do
  expect_exit 0 faceveil hide -f "$film" -o safe.mp4 --no-detect --box 10,10,60,60 --preset ultrafast
  [ "$(packets "$film" v)" = "$(packets safe.mp4 v)" ] || fail "$film: another number of pictures"
  [ "$(packets "$film" a)" = "$(packets safe.mp4 a)" ] || fail "$film: another sound"
  [ "$(shape "$film")" = "$(shape safe.mp4)" ] || fail "$film: another shape"
  # The last picture stands where it stood, to a tenth of a second (a frame at the least rate here).
  awk -v a="$(end "$film" v)" -v b="$(end safe.mp4 v)" 'BEGIN { exit !(a - b < 0.1 && b - a < 0.1) }' ||
    fail "$film: another length"
done
