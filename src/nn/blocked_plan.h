// What the blocked executor does for a graph at one size: fewer and larger steps than the graph has
// nodes, so that most intermediate values never leave the cache.
//
//   [pad] depthwise  [pad] pointwise  add  relu      becomes one step, row by row.
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
  std::optional<ValueId> other;
};

struct Step {
  std::variant<Convolution, DepthwiseAlone, Sum, MaxPool2d, ResizeBilinear, DepthToSpace> work;
  ValueId input = 0, output = 0;
  Clamp clamp;
};

struct BlockedPlan {
  std::vector<Shape> shapes;  // Of every value of the graph.
  std::vector<Step> steps;
  // By output of the graph: the values whose numbers follow one another in it.
  std::vector<std::vector<ValueId>> outputs;
};

// `graph` must outlive the plan. Errors: as infer_shapes; unsupported for a graph that the blocked
// executor cannot run (another one can).
Result<BlockedPlan> plan_blocked(const Graph&, Size);

}  // namespace faceveil::nn
