// What can be read off a graph without running it.
#pragma once

#include "nn/graph.h"

namespace faceveil::nn {

// Floating point operations of one run at this size: a multiplication and its addition count as
// two; what is no convolution counts one for each value it makes. Errors: as infer_shapes.
Result<double> flop_count(const Graph&, Size input_size);

// How many input pixels, at most, lie between the middle of a result's cell and a pixel that can
// change the result (half the receptive field), over all outputs and both directions. Holds for
// sizes that are multiples of all strides, as `input_size` must be. Errors: as infer_shapes.
Result<int> reach_px(const Graph&, Size input_size);

}  // namespace faceveil::nn
