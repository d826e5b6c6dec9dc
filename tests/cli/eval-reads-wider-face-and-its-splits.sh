#!/bin/sh
. "$(dirname "$0")/lib.sh"
mkdir -p shots/0--Group; draw shots/0--Group/a.png 1; draw_landscape shots/0--Group/b.png
cat >val.txt <<'EOF'
0--Group/a.png
4
97 120 190 240 0 0 0 0 0 0
397 160 180 220 0 0 0 0 0 0
677 110 200 250 0 0 0 0 0 0
2 560 60 60 2 0 0 1 0 0
0--Group/b.png
0
0 0 0 0 0 0 0 0 0 0
EOF
echo "0--Group/a.png 1 3" >easy.txt
expect_exit 0 faceveil eval --truth val.txt --images shots --split easy=easy.txt --json numbers.json
# The invalid face does not count; the second one counts in "all" only.
expect_text out "easy         2      2      0      0.000"
expect_text out "all          2      3      0      0.000"
expect_text out "AP (WIDER)"
expect_text numbers.json '"wider_average_precision": 1.0'
