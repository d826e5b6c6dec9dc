#!/bin/sh
# All benchmarks, one after the other; figures are ratios within one run. docs/performance.md quotes them.
set -eu
cd "$(dirname "$0")/.."
test -f build/release/build.ninja || cmake --preset release
cmake --build build/release
for benchmark in still_benchmark network_benchmark; do
  echo "== $benchmark"
  build/release/bench/$benchmark --benchmark_repetitions=5 --benchmark_report_aggregates_only=true
done
echo "== Whole process"
bench/process_benchmark.sh build/release
echo "== POST /upload"
bench/upload_benchmark.sh build/release || true
echo "== Network against ONNX Runtime"
for script in bench/network_vs_onnxruntime.*; do
  case $script in
    *.sh) "$script" build/release ;;
    *.mjs) [ -e bench/network_vs_onnxruntime.sh ] || node "$script" build/release ;;
  esac
done
