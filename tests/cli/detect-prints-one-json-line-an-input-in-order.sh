#!/bin/sh
. "$(dirname "$0")/lib.sh"
draw a.jpg; draw_landscape b.png
expect_exit 0 faceveil detect a.jpg b.png
[ "$(wc -l < out)" = 2 ] || fail "not two lines"
head -1 out | grep -q '^{"image":"a.jpg","width":[0-9]*,"height":[0-9]*,"faces":\[{"box":\[' || fail "$(cat out)"
sed -n 2p out | grep -q '^{"image":"b.png",.*"faces":\[\],"ms":' || fail "$(cat out)"
expect_exit 1 faceveil detect a.jpg none.jpg
[ "$(wc -l < out)" = 1 ] || fail "the good line is missing"
