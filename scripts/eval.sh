#!/bin/sh
# Judges the searches on the labelled pictures in FACEVEIL_SHARED/eval, and writes numbers and plots
# to build/eval. docs/detection.md says what they mean.
set -eu
cd "$(dirname "$0")/.."
pictures=${FACEVEIL_SHARED:-../shared}/eval
program=build/release/faceveil
results=build/eval

if [ ! -f "$pictures/faces.csv" ]; then
  echo "eval: skipped, there is no $pictures/faces.csv; set FACEVEIL_SHARED to the folder with the labelled pictures"
  exit 0
fi

# judge NAME OPTIONS...: faces from 8 pixels on; in crowds, of 512 pixels a picture, from 16 on.
judge() {
  name=$1; shift
  echo "== $name"
  "$program" eval --truth "$pictures/faces.csv" --images "$pictures" --judge-from 8 --judge-from crowds=16 \
    --json "$results/$name.json" --plot "$results/$name" --force "$@"
  echo
}

mkdir -p "$results"
judge default
judge balanced --search balanced
judge thorough --search thorough
judge quick --search quick
judge quick-sparse --search quick --detector blazeface-full-sparse
judge quick-short --search quick --detector blazeface-short
echo "Written to $results: a .json and two plots each."
