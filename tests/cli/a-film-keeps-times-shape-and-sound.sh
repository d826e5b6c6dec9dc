#!/bin/sh
. "$(dirname "$0")/lib.sh"
moments() { ffprobe -v error -select_streams "$2" -show_entries packet=pts_time -of csv=p=0 "$1" | sort -n; }
ffmpeg -v error -f lavfi -i testsrc=size=96x64:rate=10 -f lavfi -i sine -t 1.5 \
  -vf "select='not(eq(n,4)+eq(n,5))'" -fps_mode vfr -pix_fmt yuv420p -c:v libx264 -c:a aac flat.mp4
ffmpeg -v error -i flat.mp4 -c copy -metadata:s:v rotate=90 clip.mp4
expect_exit 0 faceveil hide clip.mp4 -o safe.mp4 --no-detect --box 10,10,30,30
shape=$(ffprobe -v error -select_streams v -show_entries stream=width,height -of csv=p=0 safe.mp4)
[ "$shape" = "64,96" ] || fail "the shape is $shape"
moments clip.mp4 v > wanted; moments safe.mp4 v > found; expect_same wanted found
moments clip.mp4 a | wc -l > wanted; moments safe.mp4 a | wc -l > found; expect_same wanted found
# A cut-off film gives a sentence and no output.
head -c 5000 clip.mp4 > cut.mp4
expect_exit 1 faceveil hide cut.mp4 -o cut-safe.mp4 --no-detect --box 10,10,30,30
expect_no_file cut-safe.mp4
