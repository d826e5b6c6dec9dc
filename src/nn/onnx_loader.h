// ONNX model files (.onnx) into a Graph. The format: onnx_subset.proto.
#pragma once

#include <span>
#include <string>

#include "base/bytes.h"
#include "nn/graph.h"

namespace faceveil::nn {

// A network with one float32 picture of fixed size, 1 x channels x height x width, as input. What
// ONNX keeps channel by channel is turned to our order here, once.
//
// `cuts` says what the graph's outputs are, in this order: each is the name of a value, or the name
// of a constant, which means the value made by the one node that reads that constant (the names of
// weights outlive exporters, those of values do not). Only what they need is read, so that the
// lists and shapes behind the last convolutions need not be understood. No cuts: the file's own
// outputs.
//
// Operations: Conv (plain or depthwise, any dilation), Relu, Add, Concat of channels,
// BatchNormalization, and Mul by a constant number. The last two, and Relu, disappear into the
// convolution before them where nobody else reads its result.
//
// Errors: bad_input (damaged), unsupported (another operation or option, a cut that is not there),
// over_limit.
Result<Graph> load_onnx(BytesView file, std::span<const std::string> cuts = {});

}  // namespace faceveil::nn
