#!/bin/sh
. "$(dirname "$0")/lib.sh"
light() {
  ffprobe -v error -select_streams v -show_streams "$1" |
    grep -E '^(red_x|white_point_y|max_luminance|max_content|max_average)=' |
    awk -F '[=/]' '{ printf "%s=%.4f\n", $1, $3 ? $2 / $3 : $2 }' | sort
}
ffmpeg -nostdin -v error -f lavfi -i testsrc=size=96x64:rate=5 -t 1 -pix_fmt yuv420p10le -c:v libx265 \
  -x265-params "log-level=none:master-display=G(13250,34500)B(7500,3000)R(34000,16000)WP(15635,16450)L(10000000,1):max-cll=1000,400" \
  -color_primaries bt2020 -color_trc smpte2084 -colorspace bt2020nc coded.mkv
# Said among the pictures, as cameras do, then by the container.
expect_exit 0 faceveil hide coded.mkv -o first.mkv --codec h265 --no-detect --box 10,10,30,30
light first.mkv >wanted
grep -q 'max_content=1000' wanted || fail "no light: $(cat wanted)"
[ "$(wc -l <wanted)" = 5 ] || fail "not all of it: $(cat wanted)"
expect_exit 0 faceveil hide first.mkv -o second.mp4 --codec h265 --no-detect --box 10,10,30,30
light second.mp4 >found
expect_same wanted found
