#include "bench/onnx_export.h"

#include <cmath>
#include <span>
#include <utility>

#include "bench/onnx_messages.h"

namespace faceveil::bench {
namespace {

using nn::Shape;

using namespace onnx;  // The messages are what this file is about.

tl::unexpected<Error> cannot_write() {
  return fail(Error::Kind::unsupported, "The network cannot be written as ONNX.");
}

// A value as ONNX has it: a picture is channels x height x width, a list N x k.
struct Value {
  std::string name;
  Shape shape;
  bool is_list = false;

  Dims dims() const {
    if (is_list) return {1, shape.height, shape.channels};
    return {1, shape.channels, shape.height, shape.width};
  }
};

class Exporter {
 public:
  Exporter(const nn::Graph& source, std::vector<Shape> shapes)
      : source_(source), shapes_(std::move(shapes)) {}

  Result<std::string> write() {
    onnx_.add(graph::name, "network");
    values_.push_back({"input", shapes_[0]});
    onnx_.add(graph::input, value_of("input", values_[0].dims()));
    for (const nn::Node& node : source_.nodes) {
      inputs_.clear();
      for (const nn::ValueId id : node.inputs) inputs_.push_back(values_[id]);
      output_ = {fresh_name(), shapes_[values_.size()]};
      TRY(std::visit([this](const auto& op) { return add(op); }, node.operation));
      values_.push_back(output_);
    }
    write_outputs();
    return model_bytes();
  }

 private:
  Status add(const nn::Conv2d& op) {
    const Dims dims = {op.output_channels, op.input_channels, op.window.height, op.window.width};
    const std::string filter = weights(channels_first(op), dims);
    const std::string bias = weights(op.bias, {op.output_channels});
    OnnxNode conv("Conv", {inputs_[0].name, filter, bias});
    return emit_clamped(std::move(conv.set_window(op.window, inputs_[0].shape)), op.clamp);
  }

  Status add(const nn::DepthwiseConv2d& op) {
    const Dims dims = {op.channels, 1, op.window.height, op.window.width};
    const std::string filter = weights(channels_first(op), dims);
    const std::string bias = weights(op.bias, {op.channels});
    OnnxNode conv("Conv", {inputs_[0].name, filter, bias});
    conv.set("group", op.channels).set_window(op.window, inputs_[0].shape);
    return emit_clamped(std::move(conv), op.clamp);
  }

  Status add(const nn::Add& op) {
    return emit_clamped(OnnxNode("Add", {inputs_[0].name, inputs_[1].name}), op.clamp);
  }

  Status add(const nn::Relu& op) { return emit_clamp(inputs_[0].name, op.clamp); }

  Status add(const nn::Prelu& op) {
    const std::string slopes = weights(op.slopes, {static_cast<int64_t>(op.slopes.size()), 1, 1});
    return emit(OnnxNode("PRelu", {inputs_[0].name, slopes}));
  }

  Status add(const nn::MaxPool2d& op) {
    OnnxNode pool("MaxPool", {inputs_[0].name});
    return emit(std::move(pool.set_window(op.window, inputs_[0].shape)));
  }

  Status add(const nn::Pad& op) {
    const std::string amounts = integers(
        {0, 0, op.edges.top, op.edges.left, 0, op.channels_after, op.edges.bottom, op.edges.right});
    return emit(OnnxNode("Pad", {inputs_[0].name, amounts}));
  }

  Status add(const nn::ResizeBilinear& op) {
    const std::vector<float> factors = {1, 1, static_cast<float>(op.factor_down),
                                        static_cast<float>(op.factor_across)};
    OnnxNode resize("Resize", {inputs_[0].name, "", weights(factors, {4})});
    resize.set("mode", "linear").set("coordinate_transformation_mode", "half_pixel");
    return emit(std::move(resize));
  }

  Status add(const nn::DepthToSpace& op) {
    OnnxNode node("DepthToSpace", {inputs_[0].name});
    return emit(std::move(node.set("blocksize", op.block).set("mode", "DCR")));
  }

  // Our order has the channels together, so the picture is turned before it becomes a list.
  Status add(const nn::Flatten&) {
    if (inputs_[0].is_list) return cannot_write();
    const std::string turned = fresh_name();
    OnnxNode transpose("Transpose", {inputs_[0].name});
    onnx_.add(graph::node, std::move(transpose.set("perm", Dims{0, 2, 3, 1})).finish(turned));
    output_.is_list = true;
    return emit(OnnxNode("Reshape", {turned, integers(output_.dims())}));
  }

  Status add(const nn::Concatenate& op) {
    const bool is_list = inputs_[0].is_list;
    if (is_list != inputs_[1].is_list) return cannot_write();
    output_.is_list = is_list;
    const bool is_by_rows = op.axis == nn::Concatenate::Axis::rows;
    const int64_t axis = is_list ? (is_by_rows ? 1 : 2) : (is_by_rows ? 2 : 1);
    OnnxNode node("Concat", {inputs_[0].name, inputs_[1].name});
    return emit(std::move(node.set("axis", axis)));
  }

  // [output][row][column][input] to [output][input][row][column].
  static std::vector<float> channels_first(const nn::Conv2d& op) {
    const int taps = op.window.height * op.window.width;
    std::vector<float> turned;
    turned.reserve(op.filter.size());
    for (int out = 0; out < op.output_channels; ++out) {
      for (int in = 0; in < op.input_channels; ++in) {
        for (int tap = 0; tap < taps; ++tap) {
          turned.push_back(op.filter[(out * taps + tap) * op.input_channels + in]);
        }
      }
    }
    return turned;
  }

  // [row][column][channel] to [channel][row][column].
  static std::vector<float> channels_first(const nn::DepthwiseConv2d& op) {
    const int taps = op.window.height * op.window.width;
    std::vector<float> turned;
    turned.reserve(op.filter.size());
    for (int channel = 0; channel < op.channels; ++channel) {
      for (int tap = 0; tap < taps; ++tap) turned.push_back(op.filter[tap * op.channels + channel]);
    }
    return turned;
  }

  Status emit_clamped(OnnxNode node, const nn::Clamp& clamp) {
    if (clamp == nn::Clamp{}) return emit(std::move(node));
    const std::string unbounded = fresh_name();
    onnx_.add(graph::node, std::move(node).finish(unbounded));
    return emit_clamp(unbounded, clamp);
  }

  Status emit_clamp(const std::string& input, const nn::Clamp& clamp) {
    if (clamp.min == 0 && std::isinf(clamp.max)) return emit(OnnxNode("Relu", {input}));
    const std::string min = weights({&clamp.min, 1}, {}), max = weights({&clamp.max, 1}, {});
    return emit(OnnxNode("Clip", {input, min, max}));
  }

  // The node that produces the current output. Only some kinds may see lists.
  Status emit(OnnxNode node) {
    for (const Value& input : inputs_) {
      if (input.is_list && !output_.is_list) return cannot_write();
    }
    onnx_.add(graph::node, std::move(node).finish(output_.name));
    return {};
  }

  void write_outputs() {
    for (size_t i = 0; i < source_.outputs.size(); ++i) {
      const Value& value = values_[source_.outputs[i]];
      const std::string name = "output" + std::to_string(i);
      onnx_.add(graph::node, OnnxNode("Identity", {value.name}).finish(name));
      onnx_.add(graph::output, value_of(name, value.dims()));
    }
  }

  std::string model_bytes() const {
    ProtobufMessage opset, model;
    opset.add(model::opset_version, model::written_opset);
    model.add(model::ir_version, model::written_ir_version);
    model.add(model::opset_import, opset);
    model.add(model::graph, onnx_);
    return std::string(model.bytes());
  }

  std::string weights(std::span<const float> values, const Dims& dims) {
    ProtobufMessage constant;
    for (const int64_t dim : dims) constant.add(tensor::dims, dim);
    constant.add(tensor::data_type, tensor::float32);
    constant.add_raw(tensor::raw_data, values);
    return keep(std::move(constant));
  }

  std::string integers(const Dims& values) {
    ProtobufMessage constant;
    constant.add(tensor::dims, static_cast<int64_t>(values.size()));
    constant.add(tensor::data_type, tensor::int64);
    for (const int64_t value : values) constant.add(tensor::int64_data, value);
    return keep(std::move(constant));
  }

  std::string keep(ProtobufMessage constant) {
    const std::string name = fresh_name();
    constant.add(tensor::name, name);
    onnx_.add(graph::initializer, constant);
    return name;
  }

  std::string fresh_name() { return "v" + std::to_string(name_count_++); }

  const nn::Graph& source_;
  std::vector<Shape> shapes_;
  std::vector<Value> values_;  // By ValueId.
  std::vector<Value> inputs_;  // Of the node at hand.
  Value output_;
  ProtobufMessage onnx_;
  int name_count_ = 0;
};

}  // namespace

Result<std::string> to_onnx(const nn::Graph& graph, Size size) {
  std::vector<Shape> shapes = TRY(nn::infer_shapes(graph, size));
  return Exporter(graph, std::move(shapes)).write();
}

}  // namespace faceveil::bench
