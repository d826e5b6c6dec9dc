#include "nn/blocked_kernels.h"

#include <vector>

namespace faceveil::nn {

extern const BlockedKernels blocked_kernels_baseline;
#if defined(__x86_64__)
extern const BlockedKernels blocked_kernels_avx2, blocked_kernels_avx512;
#endif

std::span<const BlockedKernels* const> available_kernels() {
  static const std::vector<const BlockedKernels*> kernels = [] {
    std::vector<const BlockedKernels*> found;
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx512f")) found.push_back(&blocked_kernels_avx512);
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) {
      found.push_back(&blocked_kernels_avx2);
    }
#endif
    found.push_back(&blocked_kernels_baseline);
    return found;
  }();
  return kernels;
}

}  // namespace faceveil::nn
