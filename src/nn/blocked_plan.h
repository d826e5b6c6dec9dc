// What the blocked executor does for a graph at one size: fewer and larger steps than the graph has
// nodes, so that most intermediate values never leave the cache.
//
//   [pad] depthwise  [pad] pointwise  add  relu      becomes one step, row by row;
//   [pad] convolution of any window   add  relu      too, on a copy of its input within zeros.
#pragma once

#include <optional>

#include "nn/blocked_kernels.h"
#include "nn/graph.h"

namespace faceveil::nn {

inline int blocks_of(int channels) { return (channels + block_size - 1) / block_size; }

// Numbers of one row, and of all rows, of a value in blocks.
inline int64_t row_numbers(const Shape& s) {
  return int64_t{s.width} * blocks_of(s.channels) * block_size;
}
inline int64_t numbers_of(const Shape& s) { return row_numbers(s) * s.height; }

// A value of the graph that has memory of its own: channels in blocks of 16 (blocked_kernels.h).
// The graph's input is the exception: plain height x width x channels.
struct Convolution {
  const Conv2d* conv = nullptr;
  Edges edges;
  // Read from a copy of the input within the zeros of `edges`: for windows of more than one pixel,
  // and for the graph's input, which is not in blocks.
  bool is_framed = false;
  // Done first, row by row, when there is one.
  const DepthwiseConv2d* depthwise = nullptr;
  Edges depthwise_edges;
  std::optional<ValueId> residual;  // Added before the clamp; may have fewer channels.
};

struct DepthwiseAlone {
  const DepthwiseConv2d* depthwise = nullptr;
  Edges edges;
};

struct Sum {
  std::optional<ValueId> other;  // May have fewer channels than the input.
};

// Values behind each other in channels.
struct Join {
  std::vector<ValueId> others;  // Behind the step's input.
};

struct Step {
  std::variant<Convolution, DepthwiseAlone, Sum, Join, MaxPool2d, ResizeBilinear, DepthToSpace>
      work;
  ValueId input = 0, output = 0;
  Clamp clamp;

  // The values that it reads beside its input.
  std::vector<ValueId> other_inputs() const;
};

// A value whose numbers become part of an output, with the zeros of a Pad around them.
struct OutputPart {
  ValueId value = 0;
  Pad padding;

  Shape padded(const Shape& s) const {
    const Edges& e = padding.edges;
    return {s.height + e.top + e.bottom, s.width + e.left + e.right,
            s.channels + padding.channels_after};
  }
};

// Between which two rows or columns of `size` a result of an enlargement lies, the border repeated.
struct Between {
  int first, second;
  float second_weight;
  Between(int result, int factor, int size);
};

struct BlockedPlan {
  std::vector<Shape> shapes;  // Of every value of the graph.
  std::vector<Step> steps;
  // By output of the graph: what follows one another in it.
  std::vector<std::vector<OutputPart>> outputs;
};

// `graph` must outlive the plan. Errors: as infer_shapes; unsupported for a graph that the blocked
// executor cannot run (another one can).
Result<BlockedPlan> plan_blocked(const Graph&, Size);

}  // namespace faceveil::nn
