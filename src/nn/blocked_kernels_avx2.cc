// For x86-64 with AVX2 and FMA; compiled with those switched on (CMakeLists.txt).
#define VECTOR_BYTES 32
#define ACCUMULATORS 12
#define KERNELS_NAME blocked_kernels_avx2
#define KERNELS_TEXT "avx2"
#include "nn/blocked_kernels.inc"
