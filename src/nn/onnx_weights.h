// The constant numbers of an ONNX file, and the bytes that they take in it.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"

namespace faceveil::onnx {
class Tensor;
}  // namespace faceveil::onnx

namespace faceveil::nn {

// float32 numbers with their dimensions, each at least 1; as many as the dimensions say.
struct OnnxWeights {
  std::vector<int64_t> dims;
  std::vector<float> values;
};

// Errors: bad_input, unsupported (numbers of another type).
Result<OnnxWeights> read_weights(const onnx::Tensor&);

// How many bytes of the file hold the numbers of constants; absent when the file is damaged. Takes
// no memory: the rest of the file can be held against a limit before it becomes objects.
std::optional<int64_t> weight_bytes(BytesView file);

}  // namespace faceveil::nn
