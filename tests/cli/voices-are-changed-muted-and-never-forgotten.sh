#!/bin/sh
. "$(dirname "$0")/lib.sh"
draw_sound talk.wav 1.2345
# Nobody said what is to happen to the voice: that is an error, not a copy.
expect_exit 1 faceveil hide talk.wav
expect_text err "--voice keep, mute, disguise or robot"
expect_only talk.wav
for mode in disguise robot mute keep; do
  expect_exit 0 faceveil hide talk.wav --voice $mode -o $mode.wav --report $mode.json
  expect_text $mode.json "\"voice\": \"$mode\""
  ! grep -q GEHEIM $mode.wav || fail "the artist is still named"
done
expect_text disguise.json "machines can still recognise the speaker"
expect_text keep.json '"artist"'
# The same length, whatever was done: the tag is gone and nothing else.
[ "$(wc -c <robot.wav)" = "$(wc -c <mute.wav)" ] || fail "lengths differ"
[ "$(wc -c <robot.wav)" = "$(wc -c <disguise.wav)" ] || fail "lengths differ"
expect_different robot.wav disguise.wav
# The draw is another one each time.
expect_exit 0 faceveil hide talk.wav --voice disguise -o again.wav
expect_different disguise.wav again.wav
expect_exit 0 faceveil hide talk.wav --mute 0.5-0.75 --bleep 0:00.8-0:00.9 -o spans.wav
expect_text out "2 stretches silenced"
