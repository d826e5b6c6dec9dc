// The fastest executor: channels in blocks of sixteen, and a depthwise convolution, the pointwise
// one behind it, the addition and the ReLU done together, row by row, while the rows are in the
// processor's cache. Made for networks of the MobileNet kind; others run on XNNPACK.
#pragma once

#include "nn/blocked_kernels.h"
#include "nn/runtime.h"

namespace faceveil::nn {

// `thread_count` >= 1 threads for one run, the caller's included; it does not change results.
// Errors: as infer_shapes; unsupported for a graph that is not of this kind.
Result<std::unique_ptr<Runtime>> create_blocked_runtime(
    std::shared_ptr<const Graph>, Size, int thread_count,
    const BlockedKernels& = *available_kernels().front());

}  // namespace faceveil::nn
