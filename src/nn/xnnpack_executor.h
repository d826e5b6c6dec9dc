// The general fast executor: a graph at one size, prepared by XNNPACK (which chooses its
// instructions for the processor at run time).
#pragma once

#include "nn/runtime.h"

namespace faceveil::nn {

// `thread_count` >= 1 threads for one run, the caller's included; it does not change results.
// Errors: as infer_shapes; unsupported when XNNPACK refuses the processor or the graph.
Result<std::unique_ptr<Runtime>> create_xnnpack_runtime(std::shared_ptr<const Graph>, Size,
                                                        int thread_count);

}  // namespace faceveil::nn
