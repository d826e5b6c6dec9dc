#!/bin/sh
. "$(dirname "$0")/lib.sh"
mkdir shots; draw_landscape shots/a.png; echo "no picture" >shots/b.png
truth() { printf 'image,x1,y1,x2,y2\n%s\n' "$1" >faces.csv; }
refused() { expect_exit 1 faceveil eval --truth faces.csv --images shots; expect_text err "$1"; }

truth a.png,1,2,3; refused "faces.csv: line 2: Expected the columns image,x1,y1,x2,y2."
truth a.png,1,2,nan,4; refused 'faces.csv: line 2: "nan" is not a number of pixels.'
truth a.png,1,2,1e30,4; refused "faces.csv: line 2: The box must be finite"
truth ../a.png,1,2,3,4; refused "faces.csv: line 2: A picture's name must not be empty or lead out"
truth none.png,1,2,3,4; refused 'faces.csv: line 2: There is no picture "none.png" in shots.'
truth b.png,1,2,3,4; refused "shots/b.png: "
printf 'a.png\n9999999999\n' >faces.csv; refused "faces.csv: line 2: Expected the number of faces"
: >faces.csv; refused "faces.csv: The truth file names no picture."
rm faces.csv; refused "faces.csv: There is no such file."

truth a.png,1,2,30,40; echo "a.png 2" >easy.txt
expect_exit 1 faceveil eval --truth faces.csv --images shots --split easy=easy.txt
expect_text err 'easy.txt: line 1: "2" is not the number of a face; this picture has 1.'
expect_exit 1 faceveil eval --truth faces.csv --images shots --judge-from x
expect_text err '--judge-from: "x" is not a number of pixels.'
expect_exit 1 faceveil eval --truth faces.csv --images shots --faces-out missed
expect_text err "missed: The name must end as a picture's does"
expect_exit 2 faceveil eval --images shots
