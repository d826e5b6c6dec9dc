// TensorFlow Lite model files (.tflite) into a Graph. The format: tflite_subset.fbs.
#pragma once

#include "base/bytes.h"
#include "nn/graph.h"

namespace faceveil::nn {

// One sub-graph with one float32 picture as input. Operations: those of graph.h, as the networks of
// MediaPipe use them. Weights may be float32 or float16, dense or sparse (DEQUANTIZE and DENSIFY of
// constants disappear: their numbers are expanded here). Every shape that the file announces is
// checked against the one that follows from the operations.
//
// Errors: bad_input (damaged), unsupported (another operation or option), over_limit.
Result<Graph> load_tflite(BytesView file);

}  // namespace faceveil::nn
