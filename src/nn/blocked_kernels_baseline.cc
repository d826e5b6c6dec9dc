// For every processor that we promise: SSE4.2 on x86-64, NEON on arm64.
#define VECTOR_BYTES 16
#if defined(__aarch64__)
#define ACCUMULATORS 24
#else
#define ACCUMULATORS 12
#endif
#define KERNELS_NAME blocked_kernels_baseline
#define KERNELS_TEXT "baseline"
#include "nn/blocked_kernels.inc"
