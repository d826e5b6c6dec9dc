#!/bin/sh
# The whole program from a cold process: first picture (1080p) and peak memory (12 megapixels), beside a
# process that only decodes and encodes the same JPEG (djpeg | cjpeg of libjpeg-turbo), where installed.
#
#   bench/process_benchmark.sh [BUILD_FOLDER]
set -eu
build=$(realpath "${1:-build/release}")
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
measure() { "$build/bench/process_benchmark" 15 "$@"; }

for kind in hd 12mp; do
  "$build/tests/cli/draw_picture" $kind $kind.jpg 1
  printf 'faceveil hide, %s JPEG, cold process:           ' $kind
  measure "$build/faceveil" hide $kind.jpg -o hidden.jpg --force
  printf 'faceveil hide --no-detect, %s JPEG:             ' $kind
  measure "$build/faceveil" hide $kind.jpg -o hidden.jpg --force --no-detect --box 10,10,50,50
  if command -v djpeg >/dev/null && command -v cjpeg >/dev/null; then
    printf 'djpeg | cjpeg -quality 95, %s JPEG:             ' $kind
    measure sh -c "djpeg $kind.jpg | cjpeg -quality 95 > plain.jpg"
  fi
done
