#!/bin/sh
. "$(dirname "$0")/lib.sh"
# shown FILE: how many pictures there are.
shown() { ffprobe -v error -count_frames -show_entries stream=nb_read_frames -of csv=p=0 "$1"; }
# hashes FILE FILTER: of every picture, what the filter leaves of it.
hashes() { ffmpeg -v error -i "$1" -vf "$2" -f framemd5 - | grep -v '^#'; }

# A rich picture that moves, in 12 pictures; the box hides its lower right.
ffmpeg -v error -f lavfi -i testsrc=size=96x64:rate=10:duration=1.2 \
  -vf 'split[a][b];[a]palettegen[p];[b][p]paletteuse' -loop 2 party.gif
box="--no-detect --box 40,20,48,40 --shape rectangle --effect solid"
expect_exit 0 faceveil hide party.gif $box --report report.json
expect_text out "in 12 of 12 pictures"
expect_text report.json "in each of 12 pictures"
[ "$(shown party-hidden.gif)" = 12 ] || fail "not 12 pictures: $(shown party-hidden.gif)"
# Exactly what stands left of the box, at the same times; and black in the box.
hashes party.gif crop=40:64:0:0,format=rgb24 >left-before
hashes party-hidden.gif crop=40:64:0:0,format=rgb24 >left-after
expect_same left-before left-after
ffmpeg -v error -i party-hidden.gif -vf crop=46:38:41:21,format=gray -f rawvideo - | tr -d '\000' >lit
[ ! -s lit ] || fail "something shows in the box"
grep -aq NETSCAPE2.0 party-hidden.gif || fail "it is no longer shown again"

# By way of a plan, and as other kinds.
expect_exit 0 faceveil plan party.gif -o plan.json $box
expect_exit 0 faceveil apply plan.json -o again.gif
expect_same again.gif party-hidden.gif
expect_exit 0 faceveil apply plan.json -o party.webp
expect_exit 0 faceveil apply plan.json -o party.webm
expect_exit 0 faceveil verify party.webp --plan plan.json --source party.gif --search quick --json
expect_text out '"pictures":12'
expect_text out '"locality":"clean"'
expect_exit 0 faceveil hide party.webp $box -o back.gif
expect_text out "in 12 of 12 pictures"

# Another kind of picture has one only, and says so; so does PNG.
expect_exit 0 faceveil hide party.gif $box -o party.jpg
cat out err >said
expect_text said "only its first picture"
ffmpeg -v error -i party.gif -f apng party.png
expect_exit 0 faceveil hide party.png $box
cat out err >said
expect_text said "only its first picture"

# Cut: a sentence, no output.
head -c 3000 party.gif >cut.gif
expect_exit 1 faceveil hide cut.gif $box
expect_text err "damaged or cut short"
expect_no_file cut-hidden.gif
