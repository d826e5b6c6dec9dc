#include "nn/measures.h"

#include <algorithm>
#include <cmath>

namespace faceveil::nn {
namespace {

// Operations for each value that an operation makes.
struct FlopPerValue {
  double operator()(const Conv2d& op) const {
    return 2.0 * op.window.height * op.window.width * op.input_channels;
  }
  double operator()(const DepthwiseConv2d& op) const {
    return 2.0 * op.window.height * op.window.width;
  }
  template <typename Other>
  double operator()(const Other&) const {
    return 1;
  }
};

// Along one direction: index i of a value depends on input pixels [i * stride + first,
// i * stride + last]. Not rounded to whole pixels where a resize makes the stride smaller.
struct Field {
  double stride = 1, first = 0, last = 0;
};

// The field of what a window over `length` places makes, moved by `step` from one result to the
// next.
Field through_window(const Field& in, int64_t length, int step, int edge) {
  const auto behind = static_cast<double>(length - 1 - edge);
  return {in.stride * step, in.first - edge * in.stride, in.last + behind * in.stride};
}

// Result i lies between indices floor(v) and floor(v) + 1 of the input, v = (i + 0.5) / factor -
// 0.5.
Field through_resize(const Field& in, int factor) {
  const double centre = 0.5 / factor - 0.5;
  return {in.stride / factor, in.first + (centre - 1) * in.stride,
          in.last + (centre + 1) * in.stride};
}

// Result i lies in index floor(i / block).
Field through_blocks(const Field& in, int block) {
  return {in.stride / block, in.first - in.stride * (block - 1) / block, in.last};
}

Field united(const Field& a, const Field& b) {
  return {std::max(a.stride, b.stride), std::min(a.first, b.first), std::max(a.last, b.last)};
}

struct Fields {
  Field down, across;
};

struct Propagation {
  const Shape& shape;  // Of the first input.
  const std::vector<Fields>& inputs;
  const Fields& in = inputs[0];

  Fields windowed(const Window& w) const {
    const Edges edges = edges_for(w, shape);
    return {through_window(in.down, w.rows(), w.stride_down, edges.top),
            through_window(in.across, w.columns(), w.stride_across, edges.left)};
  }
  Fields both() const {
    return {united(in.down, inputs[1].down), united(in.across, inputs[1].across)};
  }

  Fields operator()(const Conv2d& op) const { return windowed(op.window); }
  Fields operator()(const DepthwiseConv2d& op) const { return windowed(op.window); }
  Fields operator()(const MaxPool2d& op) const { return windowed(op.window); }
  Fields operator()(const Pad& op) const {
    return {through_window(in.down, 1, 1, op.edges.top),
            through_window(in.across, 1, 1, op.edges.left)};
  }
  Fields operator()(const ResizeBilinear& op) const {
    return {through_resize(in.down, op.factor_down), through_resize(in.across, op.factor_across)};
  }
  Fields operator()(const DepthToSpace& op) const {
    return {through_blocks(in.down, op.block), through_blocks(in.across, op.block)};
  }
  Fields operator()(const Add&) const { return both(); }
  // Behind these two only lists follow: the fields of the cells that they list.
  Fields operator()(const Flatten&) const { return in; }
  Fields operator()(const Concatenate&) const { return both(); }
  template <typename PerPixel>
  Fields operator()(const PerPixel&) const {
    return in;
  }
};

// From anywhere in the cell, as lists join cells of several strides.
double reach_of(const Field& field) { return std::max(field.stride - field.first, field.last + 1); }

}  // namespace

Result<double> flop_count(const Graph& graph, Size input_size) {
  const std::vector<Shape> shapes = TRY(infer_shapes(graph, input_size));
  double sum = 0;
  for (size_t i = 0; i < graph.nodes.size(); ++i) {
    const auto values = static_cast<double>(shapes[i + 1].count());
    sum += values * std::visit(FlopPerValue(), graph.nodes[i].operation);
  }
  return sum;
}

Result<int> reach_px(const Graph& graph, Size input_size) {
  const std::vector<Shape> shapes = TRY(infer_shapes(graph, input_size));
  std::vector<Fields> fields(1);
  for (const Node& node : graph.nodes) {
    std::vector<Fields> inputs;
    inputs.reserve(node.inputs.size());
    for (const ValueId id : node.inputs) inputs.push_back(fields[static_cast<size_t>(id)]);
    const Shape& shape = shapes[static_cast<size_t>(node.inputs[0])];
    fields.push_back(std::visit(Propagation{shape, inputs}, node.operation));
  }
  double reach = 0;
  for (const ValueId id : graph.outputs) {
    const Fields& output = fields[static_cast<size_t>(id)];
    reach = std::max({reach, reach_of(output.down), reach_of(output.across)});
  }
  return static_cast<int>(std::ceil(reach));
}

}  // namespace faceveil::nn
