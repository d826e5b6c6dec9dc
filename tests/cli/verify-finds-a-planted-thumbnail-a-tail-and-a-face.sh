#!/bin/sh
. "$(dirname "$0")/lib.sh"
draw_landscape clean.jpg
expect_exit 0 faceveil verify clean.jpg --search balanced
expect_text out "nothing found"

# JFXX (ITU-T T.871, 10.2): a thumbnail of 64 bytes, as a JPEG, behind the JFIF segment of 18.
{ head -c 20 clean.jpg; printf '\377\340\000\110JFXX\000\020'; head -c 64 clean.jpg; tail -c +21 clean.jpg; } > thumbnail.jpg
expect_exit 3 faceveil verify thumbnail.jpg --search balanced --json
expect_text out '"check":"second_pictures","outcome":"found"'

{ cat clean.jpg; printf 'A TAIL'; } > tail.jpg
expect_exit 3 faceveil verify tail.jpg --search balanced --json
expect_text out '"check":"stray_bytes","outcome":"found"'

draw face.jpg
expect_exit 3 faceveil verify face.jpg --search balanced --json
expect_text out '"check":"faces","outcome":"found"'

# Several: findings beside a file that cannot be read are still findings.
expect_exit 3 faceveil verify clean.jpg tail.jpg none.jpg --search balanced
expect_exit 1 faceveil verify clean.jpg none.jpg --search balanced
