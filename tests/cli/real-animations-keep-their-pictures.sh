#!/bin/sh
. "$(dirname "$0")/lib.sh"
films=${FACEVEIL_SHARED:-none}/video
[ -d "$films" ] || { echo "skipped: no $films, set FACEVEIL_SHARED"; exit 77; }
count() { ffprobe -v error -count_packets -show_entries stream=nb_read_packets -of csv=p=0 "$1"; }
shown() { ffprobe -v error -show_entries packet=pts_time,duration_time -of csv=p=0 "$1"; }
for film in "$films"/*.gif; do
  # Verify's look at what it wrote holds all pictures outside the box to the input's.
  expect_exit 0 faceveil hide "$film" -o safe.gif --no-detect --box 40,30,120,150 --report report.json
  pictures=$(count "$film")
  expect_text out "in $pictures of $pictures pictures"
  expect_text report.json "in each of $pictures pictures"
  shown "$film" >before
  shown safe.gif >after
  expect_same before after
  rm safe.gif
done
