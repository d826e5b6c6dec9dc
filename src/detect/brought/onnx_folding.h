// Works out what a graph computes from the shapes of its values alone (exporters leave chains such
// as Shape, Gather, Add, Div, Slice behind), so that only numbers remain of it.
#pragma once

#include <map>
#include <string_view>
#include <vector>

#include "detect/brought/onnx_file.h"

namespace faceveil::brought {

struct FoldedValue {
  std::vector<int64_t> integers;
  bool is_scalar = false;  // No dimensions; else one.
};

struct Folding {
  std::vector<bool> is_folded;                     // For each node of the file.
  std::map<std::string_view, FoldedValue> values;  // Read by nodes that are left.
};

// For a graph whose one input is of `input`. What it does not understand stays as it is.
Folding fold_shapes(const OnnxFile&, const Dims& input);

}  // namespace faceveil::brought
