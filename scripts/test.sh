#!/bin/sh
# All checks, in the order in which they fail fastest: style, build, C++ tests, page tests, lint.
set -eu
cd "$(dirname "$0")/.."
jobs=${1:-2}

echo "== Format (clang-format)"
git ls-files '*.cc' '*.h' | xargs clang-format --dry-run --Werror

echo "== Tidy rules of the project"
node --test tests/tidy/

echo "== Build"
test -f build/release/build.ninja || cmake --preset release
cmake --build build/release --parallel "$jobs"

echo "== Page (real browser)"
npm run --silent test:page

echo "== Lint (clang-tidy)"
scripts/tidy.sh "$jobs"

echo "== C++ tests"
ctest --preset release --parallel "$jobs"
