// For x86-64 with AVX-512; compiled with it switched on (CMakeLists.txt).
#define VECTOR_BYTES 64
#define ACCUMULATORS 24
#define KERNELS_NAME blocked_kernels_avx512
#define KERNELS_TEXT "avx512"
#include "nn/blocked_kernels.inc"
