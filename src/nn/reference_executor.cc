#include "nn/reference_executor.h"

#include <algorithm>
#include <cmath>

namespace faceveil::nn {
namespace {

float clamped(float value, const Clamp& clamp) {
  return std::min(std::max(value, clamp.min), clamp.max);
}

const float* pixel(const Tensor& t, int y, int x) {
  return t.values.data() + (int64_t{y} * t.shape.width + x) * t.shape.channels;
}

float* pixel(Tensor& t, int y, int x) {
  return t.values.data() + (int64_t{y} * t.shape.width + x) * t.shape.channels;
}

bool is_inside(const Shape& shape, int y, int x) {
  return y >= 0 && y < shape.height && x >= 0 && x < shape.width;
}

// Calls tap(ky, kx, pixel) for every place of the window at result (y, x) that lies on the input.
template <typename Tap>
void for_each_tap(const Window& window, const Tensor& in, int y, int x, const Tap& tap) {
  const Edges edges = edges_for(window, in.shape);
  for (int ky = 0; ky < window.height; ++ky) {
    for (int kx = 0; kx < window.width; ++kx) {
      const int iy = y * window.stride_down + ky * window.dilation_down - edges.top;
      const int ix = x * window.stride_across + kx * window.dilation_across - edges.left;
      if (is_inside(in.shape, iy, ix)) tap(ky, kx, pixel(in, iy, ix));
    }
  }
}

// Calls visit(y, x, pixel) for every pixel of the output.
template <typename Visit>
void for_each_pixel(Tensor& out, const Visit& visit) {
  for (int y = 0; y < out.shape.height; ++y) {
    for (int x = 0; x < out.shape.width; ++x) visit(y, x, pixel(out, y, x));
  }
}

// Fills `out`, whose shape is known and whose values are zero.
struct Execution {
  const std::vector<const Tensor*>& inputs;
  Tensor& out;
  const Tensor& in = *inputs[0];
  const int channels = out.shape.channels;

  void operator()(const Conv2d& op) const {
    for_each_pixel(out, [&](int y, int x, float* result) {
      std::copy(op.bias.begin(), op.bias.end(), result);
      for_each_tap(op.window, in, y, x, [&](int ky, int kx, const float* source) {
        for (int o = 0; o < channels; ++o) {
          const int64_t tap = (int64_t{o} * op.window.height + ky) * op.window.width + kx;
          const float* filter = op.filter.data() + tap * op.input_channels;
          for (int i = 0; i < op.input_channels; ++i) result[o] += source[i] * filter[i];
        }
      });
      for (int o = 0; o < channels; ++o) result[o] = clamped(result[o], op.clamp);
    });
  }

  void operator()(const DepthwiseConv2d& op) const {
    for_each_pixel(out, [&](int y, int x, float* result) {
      std::copy(op.bias.begin(), op.bias.end(), result);
      for_each_tap(op.window, in, y, x, [&](int ky, int kx, const float* source) {
        const float* filter = op.filter.data() + (int64_t{ky} * op.window.width + kx) * op.channels;
        for (int c = 0; c < channels; ++c) result[c] += source[c] * filter[c];
      });
      for (int c = 0; c < channels; ++c) result[c] = clamped(result[c], op.clamp);
    });
  }

  void operator()(const Add& op) const {
    for (size_t i = 0; i < out.values.size(); ++i) {
      out.values[i] = clamped(in.values[i] + inputs[1]->values[i], op.clamp);
    }
  }

  void operator()(const Relu& op) const {
    for (size_t i = 0; i < out.values.size(); ++i) {
      out.values[i] = clamped(in.values[i], op.clamp);
    }
  }

  void operator()(const Prelu& op) const {
    for (size_t i = 0; i < out.values.size(); ++i) {
      const float value = in.values[i];
      out.values[i] = value >= 0 ? value : value * op.slopes[i % op.slopes.size()];
    }
  }

  void operator()(const MaxPool2d& op) const {
    for_each_pixel(out, [&](int y, int x, float* result) {
      std::fill_n(result, channels, -std::numeric_limits<float>::infinity());
      for_each_tap(op.window, in, y, x, [&](int, int, const float* source) {
        for (int c = 0; c < channels; ++c) result[c] = std::max(result[c], source[c]);
      });
    });
  }

  void operator()(const Pad& op) const {
    for_each_pixel(out, [&](int y, int x, float* result) {
      const int iy = y - op.edges.top, ix = x - op.edges.left;
      if (is_inside(in.shape, iy, ix)) std::copy_n(pixel(in, iy, ix), in.shape.channels, result);
    });
  }

  void operator()(const ResizeBilinear& op) const {
    for_each_pixel(out, [&](int y, int x, float* result) {
      const double v = (y + 0.5) / op.factor_down - 0.5, u = (x + 0.5) / op.factor_across - 0.5;
      const double top = std::floor(v), left = std::floor(u);
      const double down = v - top, right = u - left;
      const auto at = [&](double row, double column, int c) -> double {
        const int iy = std::clamp(static_cast<int>(row), 0, in.shape.height - 1);
        const int ix = std::clamp(static_cast<int>(column), 0, in.shape.width - 1);
        return pixel(in, iy, ix)[c];
      };
      for (int c = 0; c < channels; ++c) {
        const double upper = at(top, left, c) * (1 - right) + at(top, left + 1, c) * right;
        const double lower = at(top + 1, left, c) * (1 - right) + at(top + 1, left + 1, c) * right;
        result[c] = static_cast<float>(upper * (1 - down) + lower * down);
      }
    });
  }

  void operator()(const DepthToSpace& op) const {
    for_each_pixel(out, [&](int y, int x, float* result) {
      const int offset = ((y % op.block) * op.block + x % op.block) * channels;
      std::copy_n(pixel(in, y / op.block, x / op.block) + offset, channels, result);
    });
  }

  void operator()(const Flatten&) const { out.values = in.values; }

  void operator()(const Concatenate& op) const {
    const Tensor& second = *inputs[1];
    if (op.axis == Concatenate::Axis::rows) {
      std::copy(second.values.begin(), second.values.end(),
                std::copy(in.values.begin(), in.values.end(), out.values.begin()));
      return;
    }
    for_each_pixel(out, [&](int y, int x, float* result) {
      float* behind = std::copy_n(pixel(in, y, x), in.shape.channels, result);
      std::copy_n(pixel(second, y, x), second.shape.channels, behind);
    });
  }
};

}  // namespace

Result<std::vector<Tensor>> run_reference(const Graph& graph, const Tensor& input) {
  if (input.shape.channels != graph.input.channels ||
      static_cast<int64_t>(input.values.size()) != input.shape.count()) {
    return fail(Error::Kind::bad_input, "The network's input has the wrong number of values.");
  }
  const std::vector<Shape> shapes =
      TRY(infer_shapes(graph, Size{input.shape.width, input.shape.height}));
  std::vector<Tensor> values(shapes.size());
  values[0] = input;
  for (size_t i = 0; i < graph.nodes.size(); ++i) {
    const Node& node = graph.nodes[i];
    Tensor& out = values[i + 1];
    out.shape = shapes[i + 1];
    out.values.assign(static_cast<size_t>(out.shape.count()), 0.0f);
    std::vector<const Tensor*> inputs;
    for (const ValueId id : node.inputs) inputs.push_back(&values[static_cast<size_t>(id)]);
    std::visit(Execution{inputs, out}, node.operation);
  }
  std::vector<Tensor> outputs;
  for (const ValueId id : graph.outputs) outputs.push_back(values[static_cast<size_t>(id)]);
  return outputs;
}

}  // namespace faceveil::nn
