// The messages of onnx.proto that onnx_export.cc writes.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "bench/protobuf_message.h"
#include "nn/graph.h"

namespace faceveil::bench::onnx {

// Numbers of fields and of enumerators in onnx.proto.
namespace attribute {
constexpr int name = 1, integer = 3, text = 4, integers = 8, type = 20;
constexpr int64_t type_integer = 2, type_text = 3, type_integers = 7;
}  // namespace attribute
namespace node {
constexpr int input = 1, output = 2, op_type = 4, attribute = 5;
}
namespace tensor {
constexpr int dims = 1, data_type = 2, int64_data = 7, name = 8, raw_data = 9;
constexpr int64_t float32 = 1, int64 = 7;
}  // namespace tensor
namespace graph {
constexpr int node = 1, name = 2, initializer = 5, input = 11, output = 12;
}
namespace model {
constexpr int ir_version = 1, graph = 7, opset_import = 8, opset_version = 2;
constexpr int64_t written_ir_version = 7, written_opset = 13;
}  // namespace model
namespace value_info {
constexpr int name = 1, type = 2, tensor_type = 1, element_type = 1, shape = 2, dim = 1,
              dim_value = 1;
}

using Dims = std::vector<int64_t>;

// A ValueInfoProto: float32 numbers of this shape.
inline ProtobufMessage value_of(const std::string& name, const Dims& dims) {
  ProtobufMessage shape;
  for (const int64_t size : dims) {
    ProtobufMessage dim;
    dim.add(value_info::dim_value, size);
    shape.add(value_info::dim, dim);
  }
  ProtobufMessage tensor_type, type, value;
  tensor_type.add(value_info::element_type, tensor::float32);
  tensor_type.add(value_info::shape, shape);
  type.add(value_info::tensor_type, tensor_type);
  value.add(value_info::name, name);
  value.add(value_info::type, type);
  return value;
}

// One node under construction.
class OnnxNode {
 public:
  OnnxNode(std::string_view type, std::initializer_list<std::string> inputs) {
    for (const std::string& input : inputs) message_.add(node::input, input);
    message_.add(node::op_type, type);
  }

  OnnxNode& set(std::string_view name, int64_t value) {
    ProtobufMessage attribute = named(name, attribute::type_integer);
    attribute.add(attribute::integer, value);
    return keep(attribute);
  }

  OnnxNode& set(std::string_view name, const char* value) {
    ProtobufMessage attribute = named(name, attribute::type_text);
    attribute.add(attribute::text, std::string_view(value));
    return keep(attribute);
  }

  OnnxNode& set(std::string_view name, const Dims& values) {
    ProtobufMessage attribute = named(name, attribute::type_integers);
    for (const int64_t value : values) attribute.add(attribute::integers, value);
    return keep(attribute);
  }

  OnnxNode& set_window(const nn::Window& window, const nn::Shape& input) {
    const nn::Edges edges = nn::edges_for(window, input);
    set("kernel_shape", Dims{window.height, window.width});
    set("strides", Dims{window.stride_down, window.stride_across});
    return set("pads", Dims{edges.top, edges.left, edges.bottom, edges.right});
  }

  ProtobufMessage finish(const std::string& output) && {
    message_.add(node::output, output);
    return std::move(message_);
  }

 private:
  static ProtobufMessage named(std::string_view name, int64_t type) {
    ProtobufMessage attribute;
    attribute.add(attribute::name, name);
    attribute.add(attribute::type, type);
    return attribute;
  }

  OnnxNode& keep(const ProtobufMessage& attribute) {
    message_.add(node::attribute, attribute);
    return *this;
  }

  ProtobufMessage message_;
};

}  // namespace faceveil::bench::onnx
