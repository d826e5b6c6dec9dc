// The only user of XNNPACK.
#include "nn/xnnpack_executor.h"

#include <pthreadpool.h>
#include <xnnpack.h>

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "base/check.h"
#include "base/limits.h"

namespace faceveil::nn {
namespace {

struct DeletePool {
  void operator()(pthreadpool_t pool) const { pthreadpool_destroy(pool); }
};
struct DeleteSubgraph {
  void operator()(xnn_subgraph_t subgraph) const { xnn_delete_subgraph(subgraph); }
};
struct DeleteRuntime {
  void operator()(xnn_runtime_t runtime) const { xnn_delete_runtime(runtime); }
};
using Pool = std::unique_ptr<std::remove_pointer_t<pthreadpool_t>, DeletePool>;
using Subgraph = std::unique_ptr<std::remove_pointer_t<xnn_subgraph_t>, DeleteSubgraph>;
using XnnpackHandle = std::unique_ptr<std::remove_pointer_t<xnn_runtime_t>, DeleteRuntime>;

Status checked(xnn_status status) {
  if (status == xnn_status_success) return {};
  return fail(Error::Kind::unsupported, "XNNPACK cannot run the network here (status {0}).",
              {std::to_string(status)});
}

// XNNPACK is initialised once a process and never taken down.
Status initialize() {
  static const xnn_status status = xnn_initialize(nullptr);
  return checked(status);
}

using Dimensions = std::array<size_t, 4>;

Dimensions dimensions(const Shape& shape) {
  return {1, static_cast<size_t>(shape.height), static_cast<size_t>(shape.width),
          static_cast<size_t>(shape.channels)};
}

uint32_t u32(int value) { return static_cast<uint32_t>(value); }

// Writes one node into an XNNPACK subgraph. Ids are XNNPACK's.
struct Definition {
  xnn_subgraph_t subgraph;
  const std::vector<uint32_t>& inputs;
  const std::vector<Shape>& input_shapes;
  uint32_t output;
  const Shape& output_shape;

  Result<uint32_t> weights(const std::vector<float>& values, std::span<const size_t> dims) const {
    uint32_t id = XNN_INVALID_VALUE_ID;
    TRY(checked(xnn_define_tensor_value(subgraph, xnn_datatype_fp32, dims.size(), dims.data(),
                                        values.data(), XNN_INVALID_VALUE_ID, 0, &id)));
    return id;
  }

  Result<uint32_t> vector(const std::vector<float>& values) const {
    const std::array<size_t, 1> dims = {values.size()};
    return weights(values, dims);
  }

  Result<uint32_t> intermediate(const Shape& shape) const {
    const Dimensions dims = dimensions(shape);
    uint32_t id = XNN_INVALID_VALUE_ID;
    TRY(checked(xnn_define_tensor_value(subgraph, xnn_datatype_fp32, dims.size(), dims.data(),
                                        nullptr, XNN_INVALID_VALUE_ID, 0, &id)));
    return id;
  }

  Status operator()(const Conv2d& op) const {
    const Dimensions dims = {
        static_cast<size_t>(op.output_channels), static_cast<size_t>(op.window.height),
        static_cast<size_t>(op.window.width), static_cast<size_t>(op.input_channels)};
    const uint32_t filter = TRY(weights(op.filter, dims));
    const uint32_t bias = TRY(vector(op.bias));
    const Edges e = edges_for(op.window, input_shapes[0]);
    return checked(xnn_define_convolution_2d(
        subgraph, u32(e.top), u32(e.right), u32(e.bottom), u32(e.left), u32(op.window.height),
        u32(op.window.width), u32(op.window.stride_down), u32(op.window.stride_across),
        u32(op.window.dilation_down), u32(op.window.dilation_across), 1, dims[3], dims[0],
        op.clamp.min, op.clamp.max, inputs[0], filter, bias, output, 0));
  }

  Status operator()(const DepthwiseConv2d& op) const {
    const Dimensions dims = {1, static_cast<size_t>(op.window.height),
                             static_cast<size_t>(op.window.width),
                             static_cast<size_t>(op.channels)};
    const uint32_t filter = TRY(weights(op.filter, dims));
    const uint32_t bias = TRY(vector(op.bias));
    const Edges e = edges_for(op.window, input_shapes[0]);
    return checked(xnn_define_depthwise_convolution_2d(
        subgraph, u32(e.top), u32(e.right), u32(e.bottom), u32(e.left), u32(op.window.height),
        u32(op.window.width), u32(op.window.stride_down), u32(op.window.stride_across),
        u32(op.window.dilation_down), u32(op.window.dilation_across), 1, dims[3], op.clamp.min,
        op.clamp.max, inputs[0], filter, bias, output, 0));
  }

  Status operator()(const Add& op) const {
    return checked(
        xnn_define_add2(subgraph, op.clamp.min, op.clamp.max, inputs[0], inputs[1], output, 0));
  }

  Status operator()(const Relu& op) const {
    return checked(xnn_define_clamp(subgraph, op.clamp.min, op.clamp.max, inputs[0], output, 0));
  }

  Status operator()(const Prelu& op) const {
    const uint32_t slopes = TRY(vector(op.slopes));
    return checked(xnn_define_prelu(subgraph, inputs[0], slopes, output, 0));
  }

  Status operator()(const MaxPool2d& op) const {
    const Edges e = edges_for(op.window, input_shapes[0]);
    const Clamp unbounded;
    return checked(xnn_define_max_pooling_2d(
        subgraph, u32(e.top), u32(e.right), u32(e.bottom), u32(e.left), u32(op.window.height),
        u32(op.window.width), u32(op.window.stride_down), u32(op.window.stride_across),
        u32(op.window.dilation_down), u32(op.window.dilation_across), unbounded.min, unbounded.max,
        inputs[0], output, 0));
  }

  Status operator()(const Pad& op) const {
    return pad(op.edges, 0, op.channels_after, inputs[0], output);
  }

  Status pad(const Edges& e, int channels_before, int channels_after, uint32_t from,
             uint32_t to) const {
    const Dimensions before = dimensions({e.top, e.left, channels_before});
    const Dimensions after = dimensions({e.bottom, e.right, channels_after});
    const Dimensions no_batch_before = {0, before[1], before[2], before[3]};
    const Dimensions no_batch_after = {0, after[1], after[2], after[3]};
    return checked(xnn_define_static_constant_pad(subgraph, no_batch_before.data(),
                                                  no_batch_after.data(), 0.0f, from, to, 0));
  }

  Status operator()(const ResizeBilinear&) const {
    return checked(xnn_define_static_resize_bilinear_2d(
        subgraph, static_cast<size_t>(output_shape.height), static_cast<size_t>(output_shape.width),
        inputs[0], output, 0));
  }

  Status operator()(const DepthToSpace& op) const {
    return checked(xnn_define_depth_to_space(subgraph, inputs[0], output, u32(op.block), 0));
  }

  Status operator()(const Flatten&) const {
    const Dimensions dims = dimensions(output_shape);
    return checked(
        xnn_define_static_reshape(subgraph, dims.size(), dims.data(), inputs[0], output, 0));
  }

  // Debian's XNNPACK (2022-02) cannot concatenate. Each part padded with zeros to the whole, and
  // the two added, is the same: our concatenations are tiny.
  Status operator()(const Concatenate& op) const {
    const Shape& first = input_shapes[0];
    const Shape& second = input_shapes[1];
    const uint32_t upper = TRY(intermediate(output_shape));
    const uint32_t lower = TRY(intermediate(output_shape));
    if (op.axis == Concatenate::Axis::rows) {
      TRY(pad(Edges{.bottom = second.height}, 0, 0, inputs[0], upper));
      TRY(pad(Edges{.top = first.height}, 0, 0, inputs[1], lower));
    } else {
      TRY(pad(Edges{}, 0, second.channels, inputs[0], upper));
      TRY(pad(Edges{}, first.channels, 0, inputs[1], lower));
    }
    const Clamp unbounded;
    return checked(
        xnn_define_add2(subgraph, unbounded.min, unbounded.max, upper, lower, output, 0));
  }
};

// A value that the caller reads or writes. XNNPACK may read some bytes past the end of what it was
// given, hence the margin.
struct ExternalValue {
  Shape shape;
  std::vector<float> values;

  explicit ExternalValue(const Shape& s)
      : shape(s), values(static_cast<size_t>(s.count()) + XNN_EXTRA_BYTES / sizeof(float)) {}
  size_t count() const { return static_cast<size_t>(shape.count()); }
};

// External ids: 0 is the input, i + 1 the graph's output i.
Result<std::vector<uint32_t>> define_values(xnn_subgraph_t subgraph, const Graph& graph,
                                            const std::vector<Shape>& shapes) {
  std::vector<uint32_t> ids;
  for (size_t value = 0; value < shapes.size(); ++value) {
    uint32_t external = XNN_INVALID_VALUE_ID, flags = 0, id = XNN_INVALID_VALUE_ID;
    if (value == 0) {
      external = 0;
      flags = XNN_VALUE_FLAG_EXTERNAL_INPUT;
    }
    const auto output =
        std::find(graph.outputs.begin(), graph.outputs.end(), static_cast<ValueId>(value));
    if (output != graph.outputs.end()) {
      external = static_cast<uint32_t>(output - graph.outputs.begin()) + 1;
      flags = XNN_VALUE_FLAG_EXTERNAL_OUTPUT;
    }
    const Dimensions dims = dimensions(shapes[value]);
    TRY(checked(xnn_define_tensor_value(subgraph, xnn_datatype_fp32, dims.size(), dims.data(),
                                        nullptr, external, flags, &id)));
    ids.push_back(id);
  }
  return ids;
}

Result<Subgraph> build_subgraph(const Graph& graph, const std::vector<Shape>& shapes) {
  xnn_subgraph_t raw = nullptr;
  TRY(checked(xnn_create_subgraph(static_cast<uint32_t>(graph.outputs.size()) + 1, 0, &raw)));
  Subgraph subgraph(raw);
  const std::vector<uint32_t> ids = TRY(define_values(raw, graph, shapes));
  for (size_t i = 0; i < graph.nodes.size(); ++i) {
    const Node& node = graph.nodes[i];
    std::vector<uint32_t> inputs;
    std::vector<Shape> input_shapes;
    for (const ValueId id : node.inputs) {
      inputs.push_back(ids[static_cast<size_t>(id)]);
      input_shapes.push_back(shapes[static_cast<size_t>(id)]);
    }
    const Definition definition{raw, inputs, input_shapes, ids[i + 1], shapes[i + 1]};
    TRY(std::visit(definition, node.operation));
  }
  return subgraph;
}

size_t weights_of(const Operation& operation) {
  if (const Conv2d* conv = std::get_if<Conv2d>(&operation)) return conv->filter.size();
  if (const DepthwiseConv2d* d = std::get_if<DepthwiseConv2d>(&operation)) return d->filter.size();
  return 0;
}

// XNNPACK does not say what it takes: packed weights, and one memory for values that are not needed
// at the same time, in which two of the largest mostly are.
size_t estimated_bytes(const Graph& graph, const std::vector<Shape>& shapes) {
  size_t numbers = static_cast<size_t>(shapes[0].count());
  int64_t largest = 0;
  for (const Shape& shape : shapes) largest = std::max(largest, shape.count());
  for (const Node& node : graph.nodes) numbers += weights_of(node.operation);
  return (numbers + 2 * static_cast<size_t>(largest)) * sizeof(float);
}

class XnnpackRuntime : public Runtime {
 public:
  XnnpackRuntime(std::shared_ptr<const Graph> graph, const std::vector<Shape>& shapes, size_t bytes)
      : graph_(std::move(graph)), bytes_(bytes) {
    externals_.emplace_back(shapes[0]);
    for (const ValueId id : graph_->outputs) {
      externals_.emplace_back(shapes[static_cast<size_t>(id)]);
    }
  }

  Status prepare(const std::vector<Shape>& shapes, int thread_count) {
    const Subgraph subgraph = TRY(build_subgraph(*graph_, shapes));
    if (thread_count > 1) pool_.reset(pthreadpool_create(static_cast<size_t>(thread_count)));
    xnn_runtime_t runtime = nullptr;
    TRY(checked(
        xnn_create_runtime_v2(subgraph.get(), pool_.get(), XNN_FLAG_YIELD_WORKERS, &runtime)));
    runtime_.reset(runtime);
    std::vector<xnn_external_value> addresses;
    for (ExternalValue& external : externals_) {
      addresses.push_back({static_cast<uint32_t>(addresses.size()), external.values.data()});
    }
    return checked(xnn_setup_runtime(runtime, addresses.size(), addresses.data()));
  }

  Size size() const override { return {externals_[0].shape.width, externals_[0].shape.height}; }
  size_t bytes() const override { return bytes_; }
  std::span<float> input() override { return {externals_[0].values.data(), externals_[0].count()}; }
  Status run() override { return checked(xnn_invoke_runtime(runtime_.get())); }
  size_t output_count() const override { return externals_.size() - 1; }

  Shape output_shape(size_t index) const override {
    CHECK(index < output_count());
    return externals_[index + 1].shape;
  }

  std::span<const float> output(size_t index) const override {
    CHECK(index < output_count());
    const ExternalValue& output = externals_[index + 1];
    return {output.values.data(), output.count()};
  }

 private:
  // Members are destroyed in reverse: the runtime goes before its threads, and both before the
  // weights that it may still point to.
  std::shared_ptr<const Graph> graph_;
  size_t bytes_;
  std::vector<ExternalValue> externals_;  // By external id.
  Pool pool_;
  XnnpackHandle runtime_;
};

}  // namespace

Result<std::unique_ptr<Runtime>> create_xnnpack_runtime(std::shared_ptr<const Graph> graph,
                                                        Size size, int thread_count) {
  CHECK(thread_count >= 1);
  TRY(initialize());
  const std::vector<Shape> shapes = TRY(infer_shapes(*graph, size));
  const size_t bytes = estimated_bytes(*graph, shapes);
  if (bytes > static_cast<size_t>(limits::network_bytes_max)) {
    return fail(Error::Kind::over_limit, "The network asks for more memory than is allowed.");
  }
  auto runtime = std::make_unique<XnnpackRuntime>(std::move(graph), shapes, bytes);
  TRY(runtime->prepare(shapes, thread_count));
  return runtime;
}

}  // namespace faceveil::nn
