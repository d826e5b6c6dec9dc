#!/bin/sh
# clang-tidy over our own sources (not tests), with .clang-tidy's checks as errors.
# tidy.sh JOBS [CHECKS]: CHECKS are added to those, or, with a minus, taken away.
# It looks at what the preset `release` compiles, eight files at a time: headers are read once for
# all of them.
set -eu
cd "$(dirname "$0")/.."
jobs=${1:-2}
checks=${2:-}
test -f build/release/compile_commands.json || cmake --preset release
cmake --build build/release --parallel "$jobs" --target faceveil >/dev/null
node scripts/library_sources.mjs build/release/compile_commands.json |
  xargs -P "$jobs" -n 1 clang-tidy -p build/release --quiet --checks="$checks" \
    --extra-arg=-Wno-unknown-warning-option --extra-arg=-Wno-overlength-strings --warnings-as-errors='*' 2>/dev/null
