// An ONNX file made digestible for the importer of OpenCV 4.6: the input's size is written down
// where the file leaves it open, and numbers that follow from shapes alone are worked out, as that
// importer trips over both ("!isDynamicShape", sums of single numbers).
#pragma once

#include "base/bytes.h"
#include "base/result.h"
#include "detect/brought/onnx_file.h"

namespace faceveil::brought {

// `bytes` with the graph's only input being of `input` (batch, channels, height, width). `file` is
// what read_onnx says of `bytes`. Errors: bad_input (damaged).
Result<Bytes> prepare_for_opencv(BytesView bytes, const OnnxFile& file, const Dims& input);

}  // namespace faceveil::brought
