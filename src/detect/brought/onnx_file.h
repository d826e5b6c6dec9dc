// What an ONNX file says of its graph: nodes, small constants, inputs and outputs. Weights are not
// read. Source: onnx/onnx.proto of ONNX 1.12 (field numbers), docs/IR.md.
#pragma once

#include <map>
#include <optional>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "detect/brought/wire.h"

namespace faceveil::brought {

using Dims = std::vector<int64_t>;  // As ONNX orders them: batch, channels, height, width.

// An input or output of the graph. A dimension that the file leaves open is 0.
struct OnnxValue {
  std::string_view name;
  Dims dims;
};

// A constant: its dimensions always; its numbers where they are few (shapes, factors), else none.
struct OnnxConstant {
  Dims dims;
  std::vector<int64_t> integers;
  std::vector<float> numbers;
};

struct OnnxAttribute {
  std::string_view name;
  int64_t integer = 0;
  std::vector<int64_t> integers;
  std::string_view text;
  std::optional<OnnxConstant> tensor;
};

struct OnnxNode {
  std::string_view operation;
  std::vector<std::string_view> inputs, outputs;
  std::vector<OnnxAttribute> attributes;

  const OnnxAttribute* attribute(std::string_view name) const;
  // The input's name; empty when there is none at this place.
  std::string_view input(size_t index) const;
};

// All texts are views into the bytes that it was read from.
struct OnnxFile {
  std::vector<OnnxNode> nodes;  // In the order of the file, which is an order of computation.
  std::map<std::string_view, OnnxConstant> constants;  // The initialisers.
  std::vector<OnnxValue> inputs;                       // Without those that are constants.
  std::vector<OnnxValue> outputs;
};

// Errors: bad_input (damaged, or not an ONNX file).
Result<OnnxFile> read_onnx(BytesView file);

// Field numbers of ModelProto and GraphProto, for those who write.
inline constexpr uint32_t model_graph_field = 7;
inline constexpr uint32_t graph_node_field = 1;
inline constexpr uint32_t graph_initializer_field = 5;
inline constexpr uint32_t graph_input_field = 11;

// The bytes of a ValueInfoProto: float32 numbers of these dimensions.
Bytes write_float_value(std::string_view name, const Dims& dims);
// The bytes of a TensorProto: int64 numbers, one dimension, or none for a single number.
Bytes write_integers(std::string_view name, std::span<const int64_t> values, bool scalar);

}  // namespace faceveil::brought
