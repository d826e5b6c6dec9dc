#include "nn/onnx_loader.h"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <map>
#include <set>
#include <string_view>
#include <utility>

#include "base/limits.h"
#include "nn/onnx_subset.pb.h"
#include "nn/onnx_weights.h"

namespace faceveil::nn {
namespace {

tl::unexpected<Error> damaged() {
  return fail(Error::Kind::bad_input, "The model file is damaged.");
}

tl::unexpected<Error> unknown_option() {
  return fail(Error::Kind::unsupported,
              "The model uses an operation in a way that FaceVeil does not know.");
}

tl::unexpected<Error> too_large() {
  return fail(Error::Kind::over_limit, "The network asks for more memory than is allowed.");
}

tl::unexpected<Error> unknown_operation(const std::string& type) {
  // The file's own words go into a sentence of ours only if they are a name.
  const auto is_part = [](unsigned char c) { return std::isalnum(c) || c == '_'; };
  if (type.empty() || type.size() > 40 || !std::all_of(type.begin(), type.end(), is_part)) {
    return damaged();
  }
  return fail(Error::Kind::unsupported,
              "The model uses operation {0} of ONNX, which FaceVeil does not know.", {type});
}

Result<int> to_int(int64_t value) {
  if (value < std::numeric_limits<int>::min() || value > std::numeric_limits<int>::max()) {
    return damaged();
  }
  return static_cast<int>(value);
}

const onnx::Attribute* find_attribute(const onnx::Node& node, std::string_view name) {
  for (const onnx::Attribute& attribute : node.attribute()) {
    if (attribute.name() == name) return &attribute;
  }
  return nullptr;
}

int64_t integer_of(const onnx::Node& node, std::string_view name, int64_t otherwise) {
  const onnx::Attribute* attribute = find_attribute(node, name);
  return attribute ? attribute->i() : otherwise;
}

// `count` numbers, each `otherwise` when the node does not say.
Result<std::vector<int>> integers_of(const onnx::Node& node, std::string_view name, int count,
                                     int otherwise) {
  const onnx::Attribute* attribute = find_attribute(node, name);
  if (!attribute) return std::vector<int>(static_cast<size_t>(count), otherwise);
  if (attribute->ints_size() != count) return unknown_option();
  std::vector<int> values;
  for (const int64_t wide : attribute->ints()) {
    const int value = TRY(to_int(wide));
    values.push_back(value);
  }
  return values;
}

// [output][input][row][column] to [output][row][column][input].
std::vector<float> channels_last(const OnnxWeights& w) {
  const auto inputs = static_cast<size_t>(w.dims[1]);
  const auto places = static_cast<size_t>(w.dims[2] * w.dims[3]);
  std::vector<float> turned(w.values.size());
  const float* from = w.values.data();
  for (size_t output = 0; output < turned.size(); output += inputs * places) {
    for (size_t input = 0; input < inputs; ++input) {
      for (size_t place = 0; place < places; ++place) {
        turned[output + place * inputs + input] = *from++;
      }
    }
  }
  return turned;
}

// Results times `factor` plus `summand`, by channel.
struct Affine {
  std::vector<double> factor, summand;
};

void apply(const Affine& affine, std::vector<float>& filter, std::vector<float>& bias,
           const auto& channel_of) {
  for (size_t i = 0; i < filter.size(); ++i) {
    filter[i] = static_cast<float>(filter[i] * affine.factor[channel_of(i)]);
  }
  for (size_t c = 0; c < bias.size(); ++c) {
    bias[c] = static_cast<float>(bias[c] * affine.factor[c] + affine.summand[c]);
  }
}

void apply(const Affine& affine, Conv2d& conv) {
  const size_t inputs = conv.filter.size() / conv.bias.size();
  apply(affine, conv.filter, conv.bias, [&](size_t i) { return i / inputs; });
}

void apply(const Affine& affine, DepthwiseConv2d& conv) {
  const size_t channels = conv.bias.size();
  apply(affine, conv.filter, conv.bias, [&](size_t i) { return i % channels; });
}

class Loader {
 public:
  explicit Loader(const onnx::Graph& file) : file_(file) {}

  Result<Graph> load(std::span<const std::string> cuts) {
    TRY(find_constants());
    TRY(find_producers());
    TRY(find_cuts(cuts));
    TRY(find_needed());
    TRY(read_input());
    for (int i = 0; i < file_.node_size(); ++i) {
      if (needed_.contains(i)) TRY(read_node(file_.node(i)));
    }
    TRY(write_outputs());
    TRY(infer_shapes(graph_, {graph_.input.width, graph_.input.height}));
    return std::move(graph_);
  }

 private:
  Status find_constants() {
    for (const onnx::Tensor& tensor : file_.initializer()) constants_[tensor.name()] = &tensor;
    for (const onnx::Node& node : file_.node()) {
      if (node.op_type() != "Constant") continue;
      const onnx::Attribute* value = find_attribute(node, "value");
      // A constant of another kind (a list of integers) is an error only if something needs it.
      if (value && node.output_size() == 1) constants_[node.output(0)] = &value->t();
    }
    return {};
  }

  bool is_constant(const std::string& name) const { return constants_.contains(name); }

  Status find_producers() {
    for (int i = 0; i < file_.node_size(); ++i) {
      for (const std::string& output : file_.node(i).output()) {
        if (!producers_.emplace(output, i).second) return damaged();
      }
    }
    return {};
  }

  Status find_cuts(std::span<const std::string> cuts) {
    for (const std::string& cut : cuts) {
      const std::string value = TRY(value_to_cut_at(cut));
      cuts_.push_back(value);
    }
    if (!cuts.empty()) return {};
    for (const onnx::ValueInfo& output : file_.output()) cuts_.push_back(output.name());
    if (cuts_.empty()) return damaged();
    return {};
  }

  // The value of this name, or the one that is made with the constant of this name.
  Result<std::string> value_to_cut_at(const std::string& name) const {
    if (!is_constant(name) && producers_.contains(name)) return name;
    std::optional<std::string> value;
    for (const onnx::Node& node : file_.node()) {
      const auto& inputs = node.input();
      if (std::find(inputs.begin(), inputs.end(), name) == inputs.end()) continue;
      if (value || node.output_size() != 1) return unknown_option();
      value = node.output(0);
    }
    if (!is_constant(name) || !value) {
      return fail(Error::Kind::unsupported, "The model has nothing of the name {0}.", {name});
    }
    return *value;
  }

  // The nodes that the cuts depend on, and how often each value is read by them.
  Status find_needed() {
    std::vector<std::string> open = cuts_;
    while (!open.empty()) {
      const std::string name = std::move(open.back());
      open.pop_back();
      ++uses_[name];
      const auto producer = producers_.find(name);
      if (producer == producers_.end() || is_constant(name)) continue;
      if (!needed_.insert(producer->second).second) continue;
      const auto& inputs = file_.node(producer->second).input();
      open.insert(open.end(), inputs.begin(), inputs.end());
    }
    return {};
  }

  // Early files list their constants among the inputs too.
  Status read_input() {
    const onnx::ValueInfo* input = nullptr;
    for (const onnx::ValueInfo& value : file_.input()) {
      if (is_constant(value.name())) continue;
      if (input) return unknown_option();
      input = &value;
    }
    if (!input) return damaged();
    const auto& dims = input->type().tensor_type().shape().dim();
    if (dims.size() != 4 || dims[0].dim_value() != 1) return unknown_option();
    std::vector<int> sides;
    for (int i = 1; i < 4; ++i) {
      const int side = TRY(to_int(dims[i].dim_value()));
      if (side < 1) return unknown_option();
      sides.push_back(side);
    }
    graph_.input = {sides[1], sides[2], sides[0]};
    values_[input->name()] = 0;
    shapes_.push_back(graph_.input);
    return {};
  }

  Status read_node(const onnx::Node& node) {
    if (node.output_size() != 1 || !(node.domain().empty() || node.domain() == "ai.onnx")) {
      return unknown_option();
    }
    const std::string& type = node.op_type();
    if (type == "Conv") return read_conv(node);
    if (type == "Relu") return read_relu(node);
    if (type == "Add") return append(Add{}, {0, 1}, node);
    if (type == "Concat") return read_concat(node);
    if (type == "BatchNormalization") return read_normalization(node);
    if (type == "Mul") return read_mul(node);
    return unknown_operation(type);
  }

  Status read_conv(const onnx::Node& node) {
    const Window window = TRY(read_window(node));
    const OnnxWeights filter = TRY(weights_of_input(node, 1));
    if (filter.dims.size() != 4 || filter.dims[2] != window.height ||
        filter.dims[3] != window.width) {
      return unknown_option();
    }
    const int outputs = TRY(to_int(filter.dims[0]));
    const int inputs = TRY(to_int(filter.dims[1]));
    std::vector<float> bias(static_cast<size_t>(outputs), 0.0f);
    if (node.input_size() > 2) {
      OnnxWeights weights = TRY(weights_of_input(node, 2));
      bias = std::move(weights.values);
    }
    const int64_t groups = integer_of(node, "group", 1);
    if (groups == 1) {
      return append(Conv2d{window, inputs, outputs, channels_last(filter), std::move(bias), {}},
                    {0}, node);
    }
    if (groups != outputs || inputs != 1) return unknown_option();
    // As if the channels were inputs of one output.
    const OnnxWeights one{{1, outputs, window.height, window.width}, filter.values};
    return append(DepthwiseConv2d{window, outputs, channels_last(one), std::move(bias), {}}, {0},
                  node);
  }

  static Result<Window> read_window(const onnx::Node& node) {
    const onnx::Attribute* automatic = find_attribute(node, "auto_pad");
    if (automatic && automatic->s() != "NOTSET") return unknown_option();
    if (!find_attribute(node, "kernel_shape")) return unknown_option();
    const std::vector<int> size = TRY(integers_of(node, "kernel_shape", 2, 1));
    const std::vector<int> strides = TRY(integers_of(node, "strides", 2, 1));
    const std::vector<int> dilations = TRY(integers_of(node, "dilations", 2, 1));
    const std::vector<int> pads = TRY(integers_of(node, "pads", 4, 0));
    const Edges edges{.top = pads[0], .right = pads[3], .bottom = pads[2], .left = pads[1]};
    return Window{size[0], size[1], strides[0], strides[1], edges, dilations[0], dilations[1]};
  }

  Status read_relu(const onnx::Node& node) {
    const ValueId input = TRY(value_of_input(node, 0));
    if (is_read_once(node.input(0)) && input > 0) {
      Operation& before = graph_.nodes[static_cast<size_t>(input) - 1].operation;
      if (Clamp* clamp = clamp_of(before); clamp && *clamp == Clamp{}) {
        *clamp = Relu{}.clamp;
        return name_output(node, input);
      }
    }
    return append(Relu{}, {0}, node);
  }

  static Clamp* clamp_of(Operation& operation) {
    if (Conv2d* conv = std::get_if<Conv2d>(&operation)) return &conv->clamp;
    if (DepthwiseConv2d* conv = std::get_if<DepthwiseConv2d>(&operation)) return &conv->clamp;
    if (Add* add = std::get_if<Add>(&operation)) return &add->clamp;
    return nullptr;
  }

  // Any number of inputs; ours has two.
  Status read_concat(const onnx::Node& node) {
    const int64_t axis = integer_of(node, "axis", 0);
    if ((axis != 1 && axis != -3) || node.input_size() < 1) return unknown_option();
    ValueId joined = TRY(value_of_input(node, 0));
    for (int i = 1; i < node.input_size(); ++i) {
      const ValueId next = TRY(value_of_input(node, i));
      joined = TRY(append_node(Concatenate{Concatenate::Axis::channels}, {joined, next}));
    }
    return name_output(node, joined);
  }

  // y = (x - mean) / sqrt(variance + epsilon) * scale + bias.
  Status read_normalization(const onnx::Node& node) {
    const OnnxWeights scale = TRY(weights_of_input(node, 1));
    const OnnxWeights bias = TRY(weights_of_input(node, 2));
    const OnnxWeights mean = TRY(weights_of_input(node, 3));
    const OnnxWeights variance = TRY(weights_of_input(node, 4));
    const size_t channels = scale.values.size();
    if (bias.values.size() != channels || mean.values.size() != channels ||
        variance.values.size() != channels) {
      return damaged();
    }
    const onnx::Attribute* epsilon = find_attribute(node, "epsilon");
    Affine affine;
    for (size_t c = 0; c < channels; ++c) {
      const double spread = double{variance.values[c]} + (epsilon ? epsilon->f() : 1e-5f);
      if (!(spread > 0)) return damaged();
      const double factor = scale.values[c] / std::sqrt(spread);
      affine.factor.push_back(factor);
      affine.summand.push_back(bias.values[c] - mean.values[c] * factor);
    }
    return append_affine(affine, 0, node);
  }

  // A value times a constant number.
  Status read_mul(const onnx::Node& node) {
    if (node.input_size() != 2) return damaged();
    const int constant = is_constant(node.input(0)) ? 0 : 1;
    const OnnxWeights factor = TRY(weights_of_input(node, constant));
    if (factor.values.size() != 1) return unknown_option();
    const ValueId input = TRY(value_of_input(node, 1 - constant));
    const auto channels = static_cast<size_t>(shapes_[static_cast<size_t>(input)].channels);
    return append_affine(
        {std::vector<double>(channels, factor.values[0]), std::vector<double>(channels, 0.0)},
        1 - constant, node);
  }

  // Into the convolution before, where nobody else reads that; else as one of 1 x 1.
  Status append_affine(const Affine& affine, int position, const onnx::Node& node) {
    const ValueId input = TRY(value_of_input(node, position));
    const int channels = shapes_[static_cast<size_t>(input)].channels;
    if (affine.factor.size() != static_cast<size_t>(channels)) return damaged();
    if (is_read_once(node.input(position)) && input > 0) {
      Operation& before = graph_.nodes[static_cast<size_t>(input) - 1].operation;
      if (take(affine, std::get_if<Conv2d>(&before)) ||
          take(affine, std::get_if<DepthwiseConv2d>(&before))) {
        return name_output(node, input);
      }
    }
    const auto count = static_cast<size_t>(channels);
    DepthwiseConv2d alone{{}, channels, std::vector(count, 1.0f), std::vector(count, 0.0f), {}};
    apply(affine, alone);
    return append(std::move(alone), {position}, node);
  }

  template <typename Convolution>
  static bool take(const Affine& affine, Convolution* conv) {
    if (!conv || conv->clamp != Clamp{}) return false;
    apply(affine, *conv);
    return true;
  }

  // A node whose inputs are those of the file's node at these positions.
  Status append(Operation operation, const std::vector<int>& positions, const onnx::Node& node) {
    std::vector<ValueId> inputs;
    for (const int position : positions) {
      const ValueId input = TRY(value_of_input(node, position));
      inputs.push_back(input);
    }
    const ValueId output = TRY(append_node(std::move(operation), std::move(inputs)));
    return name_output(node, output);
  }

  Result<ValueId> append_node(Operation operation, std::vector<ValueId> inputs) {
    std::vector<Shape> input_shapes;
    input_shapes.reserve(inputs.size());
    for (const ValueId id : inputs) input_shapes.push_back(shapes_[static_cast<size_t>(id)]);
    const Shape shape = TRY(infer_shape(operation, input_shapes));
    graph_.nodes.push_back({std::move(operation), std::move(inputs)});
    shapes_.push_back(shape);
    return static_cast<ValueId>(graph_.nodes.size());
  }

  Status name_output(const onnx::Node& node, ValueId id) {
    if (!values_.emplace(node.output(0), id).second) return damaged();
    return {};
  }

  Status write_outputs() {
    for (const std::string& cut : cuts_) {
      const auto value = values_.find(cut);
      if (value == values_.end() || value->second == 0) return damaged();
      graph_.outputs.push_back(value->second);
    }
    return {};
  }

  bool is_read_once(const std::string& name) const {
    const auto uses = uses_.find(name);
    return uses != uses_.end() && uses->second == 1;
  }

  // Nodes are in an order in which each comes behind what it reads.
  Result<ValueId> value_of_input(const onnx::Node& node, int position) const {
    if (position >= node.input_size()) return damaged();
    const auto value = values_.find(node.input(position));
    if (value == values_.end()) return damaged();
    return value->second;
  }

  Result<OnnxWeights> weights_of_input(const onnx::Node& node, int position) {
    if (position >= node.input_size()) return damaged();
    const auto constant = constants_.find(node.input(position));
    if (constant == constants_.end()) return unknown_option();
    OnnxWeights weights = TRY(read_weights(*constant->second));
    // Many nodes may name the same constant, and each gets a copy.
    weights_left_ -= static_cast<int64_t>(weights.values.size());
    if (weights_left_ < 0) return too_large();
    return weights;
  }

  const onnx::Graph& file_;
  std::map<std::string, const onnx::Tensor*> constants_;
  std::map<std::string, int> producers_;  // By value's name: the index of the node that makes it.
  std::vector<std::string> cuts_;         // Names of values.
  std::set<int> needed_;                  // Indices of nodes.
  std::map<std::string, int> uses_;       // By value's name, cuts included.
  std::map<std::string, ValueId> values_;
  std::vector<Shape> shapes_;  // By ValueId, at the file's own size.
  int64_t weights_left_ = limits::model_bytes_max / static_cast<int64_t>(sizeof(float));
  Graph graph_;
};

}  // namespace

Result<Graph> load_onnx(BytesView file, std::span<const std::string> cuts) {
  const std::optional<int64_t> weights = weight_bytes(file);
  if (!weights) return damaged();
  if (static_cast<int64_t>(file.size()) - *weights > limits::onnx_structure_bytes_max) {
    return too_large();
  }
  onnx::Model model;
  if (!model.ParseFromArray(file.data(), static_cast<int>(file.size())) || !model.has_graph()) {
    return damaged();
  }
  return Loader(model.graph()).load(cuts);
}

}  // namespace faceveil::nn
