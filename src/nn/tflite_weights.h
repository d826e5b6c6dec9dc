// The constant numbers of a TensorFlow Lite file.
#pragma once

#include <cstdint>
#include <vector>

#include "base/result.h"

namespace faceveil::tflite {
struct Model;
struct Tensor;
}  // namespace faceveil::tflite

namespace faceveil::nn {

// The constants of a tensor as float32, whether stored as float32 or float16, dense or sparse (the
// zeros put back). Errors: bad_input, unsupported, over_limit.
Result<std::vector<float>> read_weights(const tflite::Model&, const tflite::Tensor&);

// The constants of an INT32 tensor (paddings, sizes). Errors: bad_input.
Result<std::vector<int32_t>> read_integers(const tflite::Model&, const tflite::Tensor&);

}  // namespace faceveil::nn
