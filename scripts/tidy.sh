#!/bin/sh
# clang-tidy over our own sources (not tests), with .clang-tidy's checks as errors.
# tidy.sh JOBS [CHECKS]: CHECKS are added to those, or, with a minus, taken away.
set -eu
cd "$(dirname "$0")/.."
jobs=${1:-2}
checks=${2:-}
test -f build/release/compile_commands.json || cmake --preset release
cmake --build build/release --parallel "$jobs" --target faceveil >/dev/null
git ls-files 'src/*.cc' | grep -v '_test\.cc$' |
  xargs -P "$jobs" -n 4 clang-tidy -p build/release --quiet --checks="$checks" \
    --extra-arg=-Wno-unknown-warning-option --warnings-as-errors='*' 2>/dev/null
