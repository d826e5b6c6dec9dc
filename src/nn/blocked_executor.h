// The fastest executor: channels in blocks of sixteen, and a depthwise convolution, the pointwise
// one behind it, the addition and the ReLU done together, row by row, and such steps one after the
// other too, while the rows are in the processor's cache. Made for networks of the MobileNet kind;
// others run on XNNPACK.
#pragma once

#include "nn/blocked_kernels.h"
#include "nn/blocked_network.h"
#include "nn/blocked_schedule.h"
#include "nn/runtime.h"

namespace faceveil::nn {

class BlockedRuntime : public Runtime {
 public:
  // Everything that runs read and write but the weights: the input, intermediate values, outputs.
  // A run depends on nothing in it but input(); tests prove that by filling it with nonsense.
  virtual std::span<float> working_memory() = 0;
};

// `thread_count` >= 1 threads for one run, the caller's included; it does not change results.
// Errors: as infer_shapes; unsupported for a graph that is not of this kind; over_limit
// (base/limits.h). `rules` are for one thread, and change no result either.
Result<std::unique_ptr<BlockedRuntime>> create_blocked_runtime(
    std::shared_ptr<const BlockedNetwork>, Size, int thread_count,
    const BlockedKernels& = *available_kernels().front(), const ScheduleRules& rules = {});

}  // namespace faceveil::nn
