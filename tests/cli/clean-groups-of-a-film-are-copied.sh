#!/bin/sh
. "$(dirname "$0")/lib.sh"
# Three seconds, a group a second; a face is hidden in the second one.
ffmpeg -nostdin -v error -f lavfi -i testsrc=size=96x64:rate=10 -f lavfi -i sine -t 3 \
  -pix_fmt yuv420p -c:v libx264 -g 10 -sc_threshold 0 -c:a aac clip.mp4
expect_exit 0 faceveil plan clip.mp4 -o plan.json --no-detect --box 10,10,30,30
sed 's/"time_us": 0/"time_us": 1200000/; s/"time_us": 2900000/"time_us": 1500000/' plan.json >one.json
expect_exit 0 faceveil apply one.json -o safe.mp4 --copy-clean --report report.json
expect_text out "20 pictures copied as they were coded"
expect_text report.json '"frames_copied": 20'
# The picture that each packet gives, by its digest.
pictures() { ffmpeg -nostdin -v error -i "$1" -an -f framemd5 - | grep -v '^#' | sed -n "$2" | cut -d, -f6; }
for lines in 1,10p 21,30p; do
  pictures clip.mp4 $lines >wanted; pictures safe.mp4 $lines >found; expect_same wanted found
done
pictures clip.mp4 13,14p >wanted; pictures safe.mp4 13,14p >found; expect_different wanted found
# No name of a program comes along from what was copied.
ffmpeg -nostdin -v error -i clip.mp4 -c copy -bsf:v h264_metadata=sei_user_data='086f3693-b7b3-4f2c-9653-21492feee5b8+SECRET' told.mp4
grep -q SECRET told.mp4 || fail "nothing to look for"
sed "s/$(sha256sum <clip.mp4 | cut -c1-64)/$(sha256sum <told.mp4 | cut -c1-64)/" one.json >told.json
expect_exit 0 faceveil apply told.json --input told.mp4 -o quiet.mp4 --copy-clean
expect_text out "20 pictures copied"
! grep -q SECRET quiet.mp4 || fail "a remark was copied"
# Where nothing can be copied a sentence says so.
expect_exit 0 faceveil apply one.json -o other.mkv --copy-clean --codec h265
expect_text out "Nothing could be copied"
