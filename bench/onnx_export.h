// Writes a graph of ours as an ONNX model, so that ONNX Runtime can be measured on the same network
// with the same weights.
#pragma once

#include <string>

#include "nn/graph.h"

namespace faceveil::bench {

// The graph at one size. Input "input" is 1 x channels x height x width, outputs "output0",
// "output1", ... in the graph's order: 1 x N x k where the graph has a list, else as the input.
// Source: onnx.proto, IR version 7, operator set 13. Errors: as infer_shapes; unsupported for an
// operation on a list of vectors that ONNX would need in another order.
Result<std::string> to_onnx(const nn::Graph&, Size);

}  // namespace faceveil::bench
