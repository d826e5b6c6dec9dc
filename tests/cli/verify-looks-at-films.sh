#!/bin/sh
. "$(dirname "$0")/lib.sh"
draw group.png
ffmpeg -v error -loop 1 -framerate 5 -i group.png -t 1 -vf scale=240:-2 -pix_fmt yuv420p \
  -c:v libx264 -metadata location=+10.0+20.0/ clip.mp4
expect_exit 3 faceveil verify clip.mp4 --search balanced
expect_text out "faces in sight in 5 of 5 pictures"
expect_text out "for 5 pictures in a row"
expect_text out "location"
expect_exit 0 faceveil hide clip.mp4 --plan-out plan.json
expect_text out "tracks hidden (a person may have several), in 5 of 5 pictures"
expect_exit 0 faceveil verify clip-hidden.mp4 --plan plan.json --search balanced --json
expect_text out '"longest_exposed_pictures":0'
expect_text out '"clean":true'
# A plan of another film excuses nothing.
ffmpeg -v error -i clip-hidden.mp4 -vf scale=160:-2 small.mp4
expect_exit 1 faceveil verify small.mp4 --plan plan.json --search balanced
