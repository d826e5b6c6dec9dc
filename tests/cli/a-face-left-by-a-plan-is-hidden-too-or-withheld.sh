#!/bin/sh
. "$(dirname "$0")/lib.sh"
draw a.jpg
# A plan that a detector would have written, had it missed all faces but a corner.
expect_exit 0 faceveil plan a.jpg -o plan.json --no-detect --box 4,4,12,12
sed 's/"detector": ""/"detector": "fusion"/' plan.json > missed.json
expect_exit 0 faceveil apply missed.json -o added.jpg --second-look balanced --plan-out added.json
expect_text out "Looking again found and hid 3 more"
expect_text added.json '"needs_review": true'
# Exactly the plan: a finding, exit code 3 and nothing written.
expect_exit 3 faceveil apply missed.json -o exact.jpg --second-look balanced --exact --report r.json
expect_text err "nothing was written"
expect_text r.json '"status": "withheld"'
expect_no_file exact.jpg
expect_exit 3 faceveil apply missed.json -o exact.jpg --second-look balanced --exact --accept-findings
[ -s exact.jpg ] || fail "nothing was written in spite of --accept-findings"
# A person's own choice of boxes is not second-guessed; a person's "keep" neither.
expect_exit 0 faceveil apply plan.json -o person.jpg
sed 's/"hide"/"keep"/; s/"needs_review": true/"needs_review": false/' added.json > kept.json
expect_exit 0 faceveil apply kept.json -o kept.jpg --second-look balanced
# "harder" is a word for what is done where nothing is said.
expect_exit 0 faceveil apply missed.json -o unsaid.jpg
expect_exit 0 faceveil apply missed.json -o said.jpg --second-look harder
cmp unsaid.jpg said.jpg || fail "--second-look harder is not the default"
expect_exit 1 faceveil apply missed.json -o wrong.jpg --second-look hardest
expect_text err "harder, balanced, thorough, none"
