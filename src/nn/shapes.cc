// Shape inference, and with it every check that a graph is sound.
#include <algorithm>
#include <set>

#include "base/limits.h"
#include "nn/graph.h"

namespace faceveil::nn {
namespace {

// Kernels, strides, blocks and paddings beyond this are nonsense; it keeps sums within an int.
constexpr int step_max = 4096;

bool is_step(int value) { return value >= 1 && value <= step_max; }
bool is_margin(int value) { return value >= 0 && value <= step_max; }
bool are_margins(const Edges& e) {
  return is_margin(e.top) && is_margin(e.right) && is_margin(e.bottom) && is_margin(e.left);
}

tl::unexpected<Error> misfit() {
  return fail(Error::Kind::bad_input, "The network's layers do not fit together at this size.");
}

// The one exit for every shape: nothing empty, nothing beyond the limit.
Result<Shape> checked(int64_t height, int64_t width, int64_t channels) {
  if (height < 1 || width < 1 || channels < 1) return misfit();
  const int64_t max = limits::tensor_values_max;
  if (height > max || width > max || channels > max || height * width > max ||
      height * width * channels > max) {
    return fail(Error::Kind::over_limit, "The network asks for more memory than is allowed.");
  }
  return Shape{static_cast<int>(height), static_cast<int>(width), static_cast<int>(channels)};
}

Result<Shape> windowed(const Window& window, const Shape& input, int64_t channels) {
  if (!is_step(window.height) || !is_step(window.width) || !is_step(window.stride_down) ||
      !is_step(window.stride_across) || !is_step(window.dilation_down) ||
      !is_step(window.dilation_across) || (window.edges && !are_margins(*window.edges))) {
    return misfit();
  }
  const Edges edges = edges_for(window, input);
  const int64_t rows = int64_t{input.height} + edges.top + edges.bottom - window.rows();
  const int64_t columns = int64_t{input.width} + edges.left + edges.right - window.columns();
  if (rows < 0 || columns < 0) return misfit();
  return checked(rows / window.stride_down + 1, columns / window.stride_across + 1, channels);
}

bool holds(const std::vector<float>& values, int64_t count) {
  return static_cast<int64_t>(values.size()) == count;
}

struct Inference {
  const std::vector<Shape>& inputs;
  const Shape& in = inputs[0];

  Result<Shape> operator()(const Conv2d& op) const {
    const int64_t taps = int64_t{op.window.height} * op.window.width * op.input_channels;
    if (op.input_channels != in.channels || op.output_channels < 1 ||
        !holds(op.bias, op.output_channels) || taps < 1 || taps > limits::tensor_values_max ||
        !holds(op.filter, taps * op.output_channels)) {
      return misfit();
    }
    return windowed(op.window, in, op.output_channels);
  }

  Result<Shape> operator()(const DepthwiseConv2d& op) const {
    const int64_t taps = int64_t{op.window.height} * op.window.width;
    if (op.channels != in.channels || !holds(op.bias, op.channels) || taps < 1 ||
        taps > limits::tensor_values_max || !holds(op.filter, taps * op.channels)) {
      return misfit();
    }
    return windowed(op.window, in, op.channels);
  }

  Result<Shape> operator()(const Add&) const {
    if (in != inputs[1]) return misfit();
    return in;
  }

  Result<Shape> operator()(const Relu&) const { return in; }

  Result<Shape> operator()(const Prelu& op) const {
    if (!holds(op.slopes, in.channels)) return misfit();
    return in;
  }

  Result<Shape> operator()(const MaxPool2d& op) const {
    return windowed(op.window, in, in.channels);
  }

  Result<Shape> operator()(const Pad& op) const {
    if (!are_margins(op.edges) || !is_margin(op.channels_after)) return misfit();
    return checked(int64_t{in.height} + op.edges.top + op.edges.bottom,
                   int64_t{in.width} + op.edges.left + op.edges.right,
                   int64_t{in.channels} + op.channels_after);
  }

  Result<Shape> operator()(const ResizeBilinear& op) const {
    if (!is_step(op.factor_down) || !is_step(op.factor_across)) return misfit();
    return checked(int64_t{in.height} * op.factor_down, int64_t{in.width} * op.factor_across,
                   in.channels);
  }

  Result<Shape> operator()(const DepthToSpace& op) const {
    if (!is_step(op.block) || in.channels % (op.block * op.block) != 0) return misfit();
    return checked(int64_t{in.height} * op.block, int64_t{in.width} * op.block,
                   in.channels / (op.block * op.block));
  }

  Result<Shape> operator()(const Flatten& op) const {
    if (op.channels < 1 || in.count() % op.channels != 0) return misfit();
    return checked(in.count() / op.channels, 1, op.channels);
  }

  Result<Shape> operator()(const Concatenate& op) const {
    const Shape& other = inputs[1];
    if (op.axis == Concatenate::Axis::rows) {
      if (in.width != other.width || in.channels != other.channels) return misfit();
      return checked(int64_t{in.height} + other.height, in.width, in.channels);
    }
    if (in.width != other.width || in.height != other.height) return misfit();
    return checked(in.height, in.width, int64_t{in.channels} + other.channels);
  }
};

size_t input_count(const Operation& operation) {
  const bool two =
      std::holds_alternative<Add>(operation) || std::holds_alternative<Concatenate>(operation);
  return two ? 2 : 1;
}

// TensorFlow's "SAME" in one direction: how many zeros in all.
int same_padding(int size, int64_t kernel, int stride) {
  const int64_t results = (int64_t{size} + stride - 1) / stride;
  return static_cast<int>(std::max<int64_t>((results - 1) * stride + kernel - size, 0));
}

}  // namespace

Edges edges_for(const Window& window, const Shape& input) {
  if (window.edges) return *window.edges;
  const int down = same_padding(input.height, window.rows(), window.stride_down);
  const int across = same_padding(input.width, window.columns(), window.stride_across);
  return {
      .top = down / 2, .right = across - across / 2, .bottom = down - down / 2, .left = across / 2};
}

Result<Shape> infer_shape(const Operation& operation, const std::vector<Shape>& inputs) {
  if (inputs.size() != input_count(operation)) return misfit();
  return std::visit(Inference{inputs}, operation);
}

Result<std::vector<Shape>> infer_shapes(const Graph& graph, Size input_size) {
  std::vector<Shape> shapes;
  shapes.reserve(graph.nodes.size() + 1);
  shapes.push_back(TRY(checked(input_size.height, input_size.width, graph.input.channels)));
  for (const Node& node : graph.nodes) {
    std::vector<Shape> inputs;
    for (const ValueId id : node.inputs) {
      if (id < 0 || id >= static_cast<ValueId>(shapes.size())) return misfit();
      inputs.push_back(shapes[static_cast<size_t>(id)]);
    }
    shapes.push_back(TRY(infer_shape(node.operation, inputs)));
  }
  std::set<ValueId> outputs;
  for (const ValueId id : graph.outputs) {
    if (id < 1 || id >= static_cast<ValueId>(shapes.size())) return misfit();
    if (!outputs.insert(id).second) return misfit();
  }
  return shapes;
}

}  // namespace faceveil::nn
