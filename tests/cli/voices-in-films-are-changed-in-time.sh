#!/bin/sh
. "$(dirname "$0")/lib.sh"
# A tone from 0.5 s on, for a tenth of a second, beside a picture of 25 a second.
make() {
  ffmpeg -nostdin -v error -f lavfi -i testsrc=size=64x48:rate=25 -f lavfi -i \
    "aevalsrc='0.5*between(t,0.5,0.6)*sin(6283*t)':s=$3:c=$4" -t 1.2 -pix_fmt yuv420p \
    -c:v libx264 -preset ultrafast -c:a "$2" -strict -2 "$1"
}
# The sound on the film's clock: when the tone begins, and how long the sound is, in milliseconds.
sound() {
  ffmpeg -nostdin -v error -copyts -i "$1" -vn -af aresample=async=1:first_pts=0 -ac 1 -ar 8000 -f s16le - |
    od -An -v -td2 -w2 | awk '$1 > 2000 && !begin { begin = NR } END { print int(begin / 8), int(NR / 8) }'
}
near() { [ $(($1 - $2)) -le "$3" ] && [ $(($2 - $1)) -le "$3" ] || fail "$4: $1 and $2"; }
moments() { ffprobe -v error -select_streams v -show_entries packet=pts_time -of csv=p=0 "$1" | sort -n; }
shape() { ffprobe -v error -select_streams a -show_entries stream=codec_name,sample_rate,channels -of csv=p=0 "$1"; }

while read -r name codec rate layout; do
  make "$name" "$codec" "$rate" "$layout"
  # Nothing of the sound lies in the stretch: it is coded again, as it was.
  expect_exit 0 faceveil hide "$name" -o "out-$name" --no-detect --mute 7-8
  [ "$(shape "$name")" = "$(shape "out-$name")" ] || fail "$name became $(shape "out-$name")"
  set -- $(sound "$name") $(sound "out-$name")
  near "$1" "$3" 15 "$name: the tone begins"
  near "$2" "$4" 39 "$name: the sound's length"
  moments "$name" >wanted; moments "out-$name" >found; expect_same wanted found
  rm "out-$name"
done <<CLIPS
a.mp4 aac 44100 stereo
b.mp4 aac 48000 5.1
c.mov pcm_s16le 48000 stereo
d.mkv libopus 48000 mono
e.mkv aac 22050 mono
f.mkv flac 96000 stereo
g.ts mp2 48000 stereo
CLIPS
make h.avi libmp3lame 44100 mono
expect_exit 0 faceveil hide h.avi -o out-h.avi --no-detect --mute 7-8
set -- $(sound h.avi) $(sound out-h.avi)
near "$1" "$3" 39 "AVI: the tone begins"

# What is muted is gone, what is changed is told, with what it does not promise.
expect_exit 0 faceveil hide a.mp4 -o muted.mp4 --no-detect --mute 0.45-0.65 --plan-out plan.json
expect_text out "1 stretches silenced"
set -- $(sound muted.mp4)
[ "$1" = 0 ] || fail "the tone is still there, at $1 ms"
for mode in disguise robot; do
  expect_exit 0 faceveil hide a.mp4 -o $mode.mp4 --no-detect --voice $mode --report $mode.json
  expect_text $mode.json "\"voice\": \"$mode\""
  expect_text out "the words are unchanged"
  set -- $(sound a.mp4) $(sound $mode.mp4)
  near "$2" "$4" 39 "$mode: the sound's length"
done
# A plan remembers it. WebM holds no AAC: another codec is taken, and the sound stays changed.
expect_exit 0 faceveil apply plan.json --input a.mp4 -o again.webm
set -- $(sound again.webm)
[ "$1" = 0 ] || fail "the tone is still there, at $1 ms"
[ -n "$(shape again.webm)" ] || fail "the sound is gone"
