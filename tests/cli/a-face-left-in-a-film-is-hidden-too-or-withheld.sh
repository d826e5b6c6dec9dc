#!/bin/sh
. "$(dirname "$0")/lib.sh"
draw group.png
ffmpeg -v error -loop 1 -framerate 5 -i group.png -t 1 -vf scale=240:-2 -pix_fmt yuv420p \
  -c:v libx264 clip.mp4
# A plan that a detector would have written, had it missed all faces.
expect_exit 0 faceveil plan clip.mp4 -o plan.json --no-detect --box 4,4,12,12
sed 's/"detector": ""/"detector": "fusion"/' plan.json > missed.json
expect_exit 0 faceveil apply missed.json -o added.mp4 --plan-out added.json --report added-report.json
expect_text out "Looking again found and hid 3 more"
expect_text added.json '"needs_review": true'
expect_text added-report.json '"exposed_faces": 0'
expect_exit 0 faceveil verify added.mp4 --plan added.json --source clip.mp4 --search balanced
# Exactly the plan: a finding, exit code 3 and nothing written.
expect_exit 3 faceveil apply missed.json -o exact.mp4 --exact --plan-out exact.json --report r.json
expect_text err "nothing was written"
expect_text err "5 pictures in a row"
expect_text r.json '"status": "withheld"'
expect_no_file exact.mp4
expect_no_file exact.json
expect_exit 3 faceveil apply missed.json -o exact.mp4 --exact --accept-findings
[ -s exact.mp4 ] || fail "nothing was written in spite of --accept-findings"
# Without a second look nobody finds it.
expect_exit 0 faceveil apply missed.json -o unseen.mp4 --exact --second-look none
