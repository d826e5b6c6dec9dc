#!/bin/sh
# The three face networks in our executor and in ONNX Runtime (npm, pinned in bench/package-lock.json): same
# weights, same input, one thread each, turn by turn in one run. Fetches ONNX Runtime at the first call.
#
#   bench/network_vs_onnxruntime.sh [BUILD_FOLDER]
#
# Exit status: 0 when the promised ratio is kept, 1 when not, 2 when nothing could be measured.
set -eu
build=$(realpath "${1:-build/release}")
if ! test -x "$build/bench/network_peer"; then
  echo "$build/bench/network_peer is missing: build it first." >&2
  exit 2
fi
cd "$(dirname "$0")"
if ! test node_modules/.package-lock.json -nt package-lock.json; then
  echo "Fetching ONNX Runtime (300 MB on disk)"
  npm ci --ignore-scripts --no-audit --no-fund >&2 || exit 2
fi
exec node network_vs_onnxruntime.mjs "$build"
