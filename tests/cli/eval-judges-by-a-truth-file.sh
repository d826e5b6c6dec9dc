#!/bin/sh
. "$(dirname "$0")/lib.sh"
mkdir -p shots/group shots/empty
draw shots/group/a.png 1; draw shots/group/b.png 2; draw_landscape shots/empty/c.png
# Where draw_picture puts the faces of seeds 1 and 2; the last one is where no face is.
cat >faces.csv <<'EOF'
image,x1,y1,x2,y2
group/a.png,97,120,287,360
group/a.png,397,160,577,380
group/a.png,677,110,877,360
group/b.png,104,120,294,360
group/b.png,404,160,584,380
group/b.png,684,110,884,360
group/b.png,2,560,62,620
empty/c.png,,,,
EOF
expect_exit 0 faceveil eval --truth faces.csv --images shots --json numbers.json --plot plots --faces-out missed.png
expect_text out "group         2      7      1      0.143"
expect_text out "empty         1      0      0          -"
expect_text err "1 of 1 missed faces are on missed.png"
expect_text numbers.json '"name": "all"'
expect_text numbers.json '"hidden": 6'
expect_text plots/leaks-by-threshold.svg "</svg>"
expect_text plots/leaks-by-size.svg "</svg>"
expect_exit 0 faceveil detect missed.png

# Results are results: nothing is replaced unasked, JSON may be the output.
expect_exit 1 faceveil eval --truth faces.csv --images shots --json numbers.json
expect_text err "The file exists already"
expect_exit 0 faceveil eval --truth faces.csv --images shots --json -
head -1 out | grep -q '^{' || fail "standard output is not JSON"
expect_text err "group         2"

# Faces below --judge-from do not count.
expect_exit 0 faceveil eval --truth faces.csv --images shots --judge-from 500 --judge-from group=100
expect_text out "group         2      6      0      0.000"
