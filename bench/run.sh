#!/bin/sh
# All benchmarks, one after the other; figures are ratios within one run. docs/performance.md quotes them.
set -eu
cd "$(dirname "$0")/.."
cmake --preset release -DFACEVEIL_TESTS=ON -DFACEVEIL_BENCH=ON
cmake --build build/release
for benchmark in still_benchmark jpeg_benchmark network_benchmark; do
  echo "== $benchmark"
  build/release/bench/$benchmark --benchmark_repetitions=5 --benchmark_report_aggregates_only=true
done
echo "== Whole process"
bench/process_benchmark.sh build/release
echo "== Hiding in a JPEG's coefficients"
bench/apply_jpeg.sh build/release || true
echo "== Films"
bench/film.sh build/release || true
echo "== POST /upload"
bench/upload_benchmark.sh build/release || true
echo "== 64 clients"
node bench/load.mjs || true
echo "== Balanced search against YuNet"
FACEVEIL_MODEL_DIR=build/release/models build/release/bench/peer_benchmark || true
echo "== Network against ONNX Runtime"
bench/network_vs_onnxruntime.sh build/release || true
