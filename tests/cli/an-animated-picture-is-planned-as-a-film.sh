#!/bin/sh
. "$(dirname "$0")/lib.sh"
ffmpeg -v error -f lavfi -i testsrc=size=96x64:rate=10 -t 1 anim.gif
expect_exit 0 faceveil plan anim.gif -o plan.json --no-detect --box 10,10,30,30
expect_text plan.json '"time'
expect_exit 0 faceveil apply plan.json -o safe.mp4
expect_text out "in 10 of 10 pictures"
expect_exit 0 faceveil hide anim.gif -o direct.mp4 --no-detect --box 10,10,30,30
expect_text out "in 10 of 10 pictures"
