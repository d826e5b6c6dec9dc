// A neural network as plain data: what the model loaders produce and the executors run. It knows
// nothing of files and nothing of faces.
//
// Every value is one picture-shaped block of float32, height x width x channels, channels together
// (NHWC with N = 1). A list of N vectors of k numbers is N x 1 x k. Loaders of formats that think
// in another order (ONNX: NCHW) turn the weights once, at loading.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <variant>
#include <vector>

#include "base/geometry.h"
#include "base/result.h"

namespace faceveil::nn {

struct Shape {
  int height = 0, width = 0, channels = 0;
  bool operator==(const Shape&) const = default;

  int64_t count() const { return int64_t{height} * width * channels; }
};

struct Tensor {
  Shape shape;
  std::vector<float> values;  // Row by row, pixel by pixel, channel by channel.
};

// Bounds that an operation puts on its results (a fused activation); infinite when it has none.
struct Clamp {
  float min = -std::numeric_limits<float>::infinity();
  float max = std::numeric_limits<float>::infinity();
  bool operator==(const Clamp&) const = default;
};

// Zeros thought around a value.
struct Edges {
  int top = 0, right = 0, bottom = 0, left = 0;
  bool operator==(const Edges&) const = default;
};

// The window that a convolution or pooling moves over its input.
struct Window {
  int height = 1, width = 1;
  int stride_down = 1, stride_across = 1;
  // Absent: TensorFlow's "SAME", results = ceil(input / stride), an odd zero at right and bottom.
  std::optional<Edges> edges = Edges{};
  // Input pixels from one place of the window to the next.
  int dilation_down = 1, dilation_across = 1;

  // Input pixels that the window reaches over.
  int64_t rows() const { return int64_t{height - 1} * dilation_down + 1; }
  int64_t columns() const { return int64_t{width - 1} * dilation_across + 1; }
};

// Filter: [output channel][row][column][input channel]. Bias: [output channel].
struct Conv2d {
  Window window;
  int input_channels = 0, output_channels = 0;
  std::vector<float> filter, bias;
  Clamp clamp;
};

// One filter a channel. Filter: [row][column][channel]. Bias: [channel].
struct DepthwiseConv2d {
  Window window;
  int channels = 0;
  std::vector<float> filter, bias;
  Clamp clamp;
};

// Two inputs of the same shape.
struct Add {
  Clamp clamp;
};

// ReLU and its bounded kin.
struct Relu {
  Clamp clamp{0, std::numeric_limits<float>::infinity()};
};

// x for x >= 0, else x times the channel's slope.
struct Prelu {
  std::vector<float> slopes;
};

// Padding never wins, whatever the input's sign.
struct MaxPool2d {
  Window window;
};

// Zeros around the picture, and further channels of zeros behind the last.
struct Pad {
  Edges edges;
  int channels_after = 0;
};

// Enlarges by whole factors, bilinear, half-pixel centres, the border repeated.
struct ResizeBilinear {
  int factor_down = 1, factor_across = 1;
};

// Each pixel of block x block x c channels becomes block x block pixels of c channels.
struct DepthToSpace {
  int block = 1;
};

// The same numbers in the same order as N x 1 x channels.
struct Flatten {
  int channels = 1;
};

// One input below the other (same width and channels), or behind the other in channels.
struct Concatenate {
  enum class Axis : uint8_t { rows, channels };
  Axis axis = Axis::rows;
};

using Operation = std::variant<Conv2d, DepthwiseConv2d, Add, Relu, Prelu, MaxPool2d, Pad,
                               ResizeBilinear, DepthToSpace, Flatten, Concatenate>;

using ValueId = int;  // 0 is the graph's input; node i produces value i + 1.

struct Node {
  Operation operation;
  std::vector<ValueId> inputs;  // All smaller than the node's own value.
};

struct Graph {
  Shape input;  // At the size that the file was made for; height and width may be others.
  std::vector<Node> nodes;
  std::vector<ValueId> outputs;  // Each once, none of them the input.
};

// The shape of every value, in order of ValueId, when the graph's input is `input_size`. This is
// the one place that checks a graph: an executor may trust a graph for which it succeeds. Errors:
// bad_input (shapes do not fit together), over_limit (base/limits.h).
Result<std::vector<Shape>> infer_shapes(const Graph&, Size input_size);

// One node's output. Errors as above.
Result<Shape> infer_shape(const Operation&, const std::vector<Shape>& inputs);

// The zeros that `window` wants around a value of this size, "SAME" resolved.
Edges edges_for(const Window& window, const Shape& input);

}  // namespace faceveil::nn
