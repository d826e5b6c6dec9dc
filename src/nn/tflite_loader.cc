#include "nn/tflite_loader.h"

#include <algorithm>
#include <string>
#include <utility>

#include "nn/tflite_subset_generated.h"
#include "nn/tflite_weights.h"

namespace faceveil::nn {
namespace {

using tflite::Operator;

tl::unexpected<Error> damaged() {
  return fail(Error::Kind::bad_input, "The model file is damaged.");
}

tl::unexpected<Error> unknown_option() {
  return fail(Error::Kind::unsupported,
              "The model uses an operation in a way that FaceVeil does not know.");
}

Result<Clamp> clamp_for(tflite::Activation activation) {
  switch (activation) {
    case tflite::Activation::NONE:
      return Clamp{};
    case tflite::Activation::RELU:
      return Relu{}.clamp;
    case tflite::Activation::RELU6:
      return Clamp{0, 6};
    case tflite::Activation::RELU_N1_TO_1:
      return Clamp{-1, 1};
  }
  return unknown_option();
}

// `same` and `valid` are all that the format has; other paddings are operations of their own.
std::optional<Edges> edges_for(tflite::Padding padding) {
  return padding == tflite::Padding::SAME ? std::nullopt : std::optional<Edges>(Edges{});
}

// What the file says of a value's shape: [1, h, w, c], or [1, n, k] for lists.
Result<Shape> declared_shape(const tflite::Tensor& tensor) {
  const auto* dims = tensor.shape();
  if (!dims || dims->size() < 3 || dims->size() > 4 || dims->Get(0) != 1) return unknown_option();
  const bool is_list = dims->size() == 3;
  return Shape{dims->Get(1), is_list ? 1 : dims->Get(2), dims->Get(dims->size() - 1)};
}

class Loader {
 public:
  explicit Loader(const tflite::Model& model) : model_(model) {}

  Result<Graph> load() {
    TRY(find_subgraph());
    TRY(read_input());
    TRY(follow_constants());
    for (const Operator* op : *subgraph_->operators()) TRY(read_operator(*op));
    TRY(read_outputs());
    return std::move(graph_);
  }

 private:
  static constexpr ValueId no_value = -1;

  Status find_subgraph() {
    if (!model_.subgraphs() || model_.subgraphs()->size() != 1) return unknown_option();
    subgraph_ = model_.subgraphs()->Get(0);
    if (!subgraph_->tensors() || !subgraph_->operators() || !subgraph_->inputs() ||
        !subgraph_->outputs() || !model_.operator_codes()) {
      return damaged();
    }
    for (const Operator* op : *subgraph_->operators()) {
      if (!op->inputs() || !op->outputs() || op->outputs()->size() != 1) return unknown_option();
    }
    values_.assign(subgraph_->tensors()->size(), no_value);
    sources_.resize(subgraph_->tensors()->size());
    for (size_t i = 0; i < sources_.size(); ++i) sources_[i] = static_cast<int>(i);
    return {};
  }

  Status read_input() {
    if (subgraph_->inputs()->size() != 1) return unknown_option();
    const int index = subgraph_->inputs()->Get(0);
    const tflite::Tensor* input = TRY(tensor(index));
    graph_.input = TRY(declared_shape(*input));
    if (graph_.input.height < 1 || graph_.input.width < 1 || graph_.input.channels < 1) {
      return damaged();
    }
    values_[index] = 0;
    shapes_.push_back(graph_.input);
    return {};
  }

  // DEQUANTIZE and DENSIFY of constants only say how their input is stored, and read_weights() sees
  // that for itself: they make their output another name for their input.
  Status follow_constants() {
    for (const Operator* op : *subgraph_->operators()) {
      const tflite::Operation code = TRY(operation_code(*op));
      if (!is_constant_conversion(code)) continue;
      if (op->inputs()->size() != 1) return damaged();
      const int from = op->inputs()->Get(0), to = op->outputs()->Get(0);
      TRY(tensor(from));
      TRY(tensor(to));
      sources_[to] = sources_[from];
    }
    return {};
  }

  Status read_operator(const Operator& op) {
    const tflite::Operation code = TRY(operation_code(op));
    if (is_constant_conversion(code)) return {};
    Operation operation = TRY(read_operation(code, op));
    const size_t input_count =
        code == tflite::Operation::ADD || code == tflite::Operation::CONCATENATION
            ? op.inputs()->size()
            : 1;
    return append(std::move(operation), op, input_count);
  }

  Status append(Operation operation, const Operator& op, size_t input_count) {
    Node node{std::move(operation), {}};
    std::vector<Shape> inputs;
    for (size_t i = 0; i < input_count; ++i) {
      node.inputs.push_back(TRY(value_of_input(op, i)));
      inputs.push_back(shapes_[static_cast<size_t>(node.inputs.back())]);
    }
    const Shape shape = TRY(infer_shape(node.operation, inputs));
    const int output = op.outputs()->Get(0);
    const tflite::Tensor* declared = TRY(tensor(output));
    const Shape expected = TRY(declared_shape(*declared));
    if (shape != expected || values_[output] != no_value) return damaged();
    graph_.nodes.push_back(std::move(node));
    shapes_.push_back(shape);
    values_[output] = static_cast<ValueId>(graph_.nodes.size());
    return {};
  }

  Status read_outputs() {
    if (subgraph_->outputs()->size() == 0) return damaged();
    for (const int index : *subgraph_->outputs()) {
      TRY(tensor(index));
      if (values_[index] < 1) return damaged();
      graph_.outputs.push_back(values_[index]);
    }
    return {};
  }

  Result<Operation> read_operation(tflite::Operation code, const Operator& op) {
    switch (code) {
      case tflite::Operation::CONV_2D:
        return read_conv(op);
      case tflite::Operation::DEPTHWISE_CONV_2D:
        return read_depthwise(op);
      case tflite::Operation::ADD:
        return read_add(op);
      case tflite::Operation::RELU:
        return Relu{};
      case tflite::Operation::RELU6:
        return Relu{Clamp{0, 6}};
      case tflite::Operation::PRELU:
        return read_prelu(op);
      case tflite::Operation::MAX_POOL_2D:
        return read_max_pool(op);
      case tflite::Operation::PAD:
        return read_pad(op);
      case tflite::Operation::RESIZE_BILINEAR:
        return read_resize(op);
      case tflite::Operation::DEPTH_TO_SPACE:
        return read_depth_to_space(op);
      case tflite::Operation::RESHAPE:
        return read_flatten(op);
      case tflite::Operation::CONCATENATION:
        return read_concatenation(op);
      default:
        return fail(Error::Kind::unsupported,
                    "The model uses operation {0} of TensorFlow Lite, which FaceVeil does not "
                    "know.",
                    {std::to_string(static_cast<int>(code))});
    }
  }

  Result<Operation> read_conv(const Operator& op) {
    const tflite::Conv2DOptions* options = op.options_as_Conv2DOptions();
    const tflite::Tensor* filter = TRY(tensor_of_input(op, 1));
    if (!options || !filter->shape() || filter->shape()->size() != 4) {
      return unknown_option();
    }
    const auto& dims = *filter->shape();
    Conv2d conv;
    conv.window = {dims[1],
                   dims[2],
                   options->stride_h(),
                   options->stride_w(),
                   edges_for(options->padding()),
                   options->dilation_h(),
                   options->dilation_w()};
    conv.output_channels = dims[0];
    conv.input_channels = dims[3];
    conv.filter = TRY(weights_of_input(op, 1));
    conv.bias = TRY(weights_of_input(op, 2));
    conv.clamp = TRY(clamp_for(options->activation()));
    return conv;
  }

  Result<Operation> read_depthwise(const Operator& op) {
    const tflite::DepthwiseConv2DOptions* options = op.options_as_DepthwiseConv2DOptions();
    const tflite::Tensor* filter = TRY(tensor_of_input(op, 1));
    if (!options || options->depth_multiplier() != 1 || !filter->shape() ||
        filter->shape()->size() != 4 || filter->shape()->Get(0) != 1) {
      return unknown_option();
    }
    const auto& dims = *filter->shape();
    DepthwiseConv2d conv;
    conv.window = {dims[1],
                   dims[2],
                   options->stride_h(),
                   options->stride_w(),
                   edges_for(options->padding()),
                   options->dilation_h(),
                   options->dilation_w()};
    conv.channels = dims[3];
    conv.filter = TRY(weights_of_input(op, 1));
    conv.bias = TRY(weights_of_input(op, 2));
    conv.clamp = TRY(clamp_for(options->activation()));
    return conv;
  }

  Result<Operation> read_add(const Operator& op) {
    const tflite::AddOptions* options = op.options_as_AddOptions();
    if (!options) return unknown_option();
    const Clamp clamp = TRY(clamp_for(options->activation()));
    return Add{clamp};
  }

  Result<Operation> read_prelu(const Operator& op) {
    Prelu prelu;
    prelu.slopes = TRY(weights_of_input(op, 1));
    return prelu;
  }

  Result<Operation> read_max_pool(const Operator& op) {
    const tflite::Pool2DOptions* options = op.options_as_Pool2DOptions();
    if (!options || options->activation() != tflite::Activation::NONE) return unknown_option();
    return MaxPool2d{{options->filter_height(), options->filter_width(), options->stride_h(),
                      options->stride_w(), edges_for(options->padding())}};
  }

  // Pairs (before, after) for batch, rows, columns, channels.
  Result<Operation> read_pad(const Operator& op) {
    const tflite::Tensor* amounts = TRY(tensor_of_input(op, 1));
    const std::vector<int32_t> p = TRY(read_integers(model_, *amounts));
    if (p.size() != 8 || p[0] != 0 || p[1] != 0 || p[6] != 0) return unknown_option();
    return Pad{{.top = p[2], .right = p[5], .bottom = p[3], .left = p[4]}, p[7]};
  }

  // The file names the new size; what is meant is the factor, which holds at other sizes too.
  Result<Operation> read_resize(const Operator& op) {
    const tflite::ResizeBilinearOptions* options = op.options_as_ResizeBilinearOptions();
    if (!options || options->align_corners() || !options->half_pixel_centers()) {
      return unknown_option();
    }
    const tflite::Tensor* target = TRY(tensor_of_input(op, 1));
    const std::vector<int32_t> size = TRY(read_integers(model_, *target));
    const ValueId id = TRY(value_of_input(op, 0));
    const Shape& input = shapes_[static_cast<size_t>(id)];
    if (size.size() != 2 || size[0] < 1 || size[1] < 1 || size[0] % input.height != 0 ||
        size[1] % input.width != 0) {
      return unknown_option();
    }
    return ResizeBilinear{size[0] / input.height, size[1] / input.width};
  }

  Result<Operation> read_depth_to_space(const Operator& op) {
    const tflite::DepthToSpaceOptions* options = op.options_as_DepthToSpaceOptions();
    if (!options) return unknown_option();
    return DepthToSpace{options->block_size()};
  }

  // Only [1, n, k] of anything; n follows from the picture's size.
  Result<Operation> read_flatten(const Operator& op) {
    const tflite::Tensor* output = TRY(tensor(op.outputs()->Get(0)));
    const Shape shape = TRY(declared_shape(*output));
    if (output->shape()->size() != 3) return unknown_option();
    return Flatten{shape.channels};
  }

  Result<Operation> read_concatenation(const Operator& op) {
    const tflite::ConcatenationOptions* options = op.options_as_ConcatenationOptions();
    const tflite::Tensor* output = TRY(tensor(op.outputs()->Get(0)));
    if (!options || options->activation() != tflite::Activation::NONE || !output->shape()) {
      return unknown_option();
    }
    const int rank = static_cast<int>(output->shape()->size());
    const int axis = options->axis() < 0 ? options->axis() + rank : options->axis();
    if (axis == 1) return Concatenate{Concatenate::Axis::rows};
    if (axis == rank - 1) return Concatenate{Concatenate::Axis::channels};
    return unknown_option();
  }

  static bool is_constant_conversion(tflite::Operation code) {
    return code == tflite::Operation::DEQUANTIZE || code == tflite::Operation::DENSIFY;
  }

  // Files of before 2020 know only the early code; later ones put 127 there for codes above.
  Result<tflite::Operation> operation_code(const Operator& op) const {
    const auto& codes = *model_.operator_codes();
    if (op.opcode_index() >= codes.size()) return damaged();
    const tflite::OperatorCode& code = *codes.Get(op.opcode_index());
    return static_cast<tflite::Operation>(
        std::max(static_cast<int>(code.early_code()), static_cast<int>(code.code())));
  }

  Result<const tflite::Tensor*> tensor(int index) const {
    if (index < 0 || index >= static_cast<int>(subgraph_->tensors()->size())) return damaged();
    return subgraph_->tensors()->Get(static_cast<uint32_t>(index));
  }

  Result<int> input_index(const Operator& op, size_t position) const {
    if (position >= op.inputs()->size()) return damaged();
    const int index = op.inputs()->Get(static_cast<uint32_t>(position));
    TRY(tensor(index));
    return index;
  }

  Result<const tflite::Tensor*> tensor_of_input(const Operator& op, size_t position) const {
    const int index = TRY(input_index(op, position));
    return tensor(index);
  }

  Result<ValueId> value_of_input(const Operator& op, size_t position) const {
    const int index = TRY(input_index(op, position));
    if (values_[index] == no_value) return damaged();
    return values_[index];
  }

  Result<std::vector<float>> weights_of_input(const Operator& op, size_t position) const {
    const int index = TRY(input_index(op, position));
    const tflite::Tensor* source = TRY(tensor(sources_[index]));
    return read_weights(model_, *source);
  }

  const tflite::Model& model_;
  const tflite::SubGraph* subgraph_ = nullptr;
  std::vector<ValueId> values_;  // By tensor index: the graph's value, or no_value.
  std::vector<int> sources_;     // By tensor index: the tensor that holds its constants.
  std::vector<Shape> shapes_;    // By ValueId, at the file's own size.
  Graph graph_;
};

}  // namespace

Result<Graph> load_tflite(BytesView file) {
  flatbuffers::Verifier verifier(as_u8(file), file.size());
  if (!tflite::VerifyModelBuffer(verifier)) return damaged();
  return Loader(*tflite::GetModel(file.data())).load();
}

}  // namespace faceveil::nn
