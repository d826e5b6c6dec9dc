// The blocked executor on networks drawn by lot: everything that its plan takes together, at odd
// sizes and odd numbers of channels.
#include "nn/blocked_executor.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>

#include "nn/reference_executor.h"
#include "nn/test_executors.h"

namespace faceveil::nn {
namespace {

// Builds a network node by node; channels and places are drawn by lot.
class Lottery {
 public:
  explicit Lottery(uint32_t seed) : random_(seed) {}

  int between(int low, int high) {
    return low + static_cast<int>(random_() % static_cast<uint32_t>(high - low + 1));
  }
  bool coin() { return between(0, 1) == 1; }
  std::vector<float> values(int count) {
    std::vector<float> result = test::random_values(count, static_cast<uint32_t>(random_()));
    for (float& value : result) value *= 0.5f;
    return result;
  }

  Conv2d pointwise(int in, int out) {
    Conv2d conv{{}, in, out, values(in * out), values(out), {}};
    if (coin()) conv.clamp = {0, 1};
    return conv;
  }
  // Of any window, dilated or not.
  Conv2d windowed(int in, int out) {
    const int rows = between(1, 3), columns = between(1, 3);
    Window window{rows, columns, 1, 1, std::nullopt, between(1, 3), between(1, 3)};
    // Enough zeros that something is left of the smallest value.
    if (coin()) {
      window.edges = Edges{between(0, 2), static_cast<int>(window.columns()),
                           static_cast<int>(window.rows()) - 1, between(0, 2)};
    }
    return {window, in, out, values(rows * columns * in * out), values(out), {}};
  }
  DepthwiseConv2d depthwise(int channels, int stride, bool has_zeros_already) {
    const int side = between(0, 3) == 0 ? 5 : 3;
    Window window{side, side, stride, stride, std::nullopt};
    if (has_zeros_already) window.edges = Edges{};
    if (!has_zeros_already && coin()) {
      window.dilation_down = between(1, 3), window.dilation_across = between(1, 3);
    }
    return {window, channels, values(side * side * channels), values(channels), {}};
  }

 private:
  std::mt19937 random_;
};

struct Network {
  Graph graph;
  ValueId add(Operation operation, std::vector<ValueId> inputs) {
    graph.nodes.push_back({std::move(operation), std::move(inputs)});
    return static_cast<ValueId>(graph.nodes.size());
  }
};

// Depthwise and pointwise, with padding before, and the sum with the way around, as the face
// networks have them.
ValueId add_block(Network& net, Lottery& lot, ValueId from, int& channels) {
  const int stride = lot.between(1, 2), more = lot.between(0, 20);
  ValueId around = from;
  if (stride == 2) around = net.add(MaxPool2d{{2, 2, 2, 2, std::nullopt}}, {around});
  ValueId main = from;
  const bool pads = lot.coin();
  if (pads) main = net.add(Pad{{1, 1, 1, 1}, 0}, {main});
  DepthwiseConv2d depthwise = lot.depthwise(channels, stride, pads);
  if (pads) {
    depthwise.window.height = depthwise.window.width = 3;
    depthwise.filter.resize(static_cast<size_t>(9 * channels));
  }
  main = net.add(depthwise, {main});
  if (lot.coin()) main = net.add(Relu{}, {main});
  Conv2d conv = lot.pointwise(channels, channels + more);
  conv.clamp = {};
  main = net.add(conv, {main});
  if (more > 0) around = net.add(Pad{{}, more}, {around});
  channels += more;
  const ValueId sum =
      net.add(Add{}, lot.coin() ? std::vector{main, around} : std::vector{around, main});
  return lot.coin() ? net.add(Relu{}, {sum}) : sum;
}

// Several dilated views of the same value, joined, and their sum with the way around.
ValueId add_views(Network& net, Lottery& lot, ValueId from, int& channels) {
  std::vector<ValueId> parts;
  int joined = 0;
  for (int i = lot.between(2, 4); i > 0; --i) {
    const int inner = lot.between(1, 20), out = lot.between(1, 20);
    ValueId part = net.add(lot.pointwise(channels, inner), {from});
    Conv2d conv = lot.windowed(inner, out);
    conv.window.edges = std::nullopt;
    part = net.add(conv, {part});
    parts.push_back(lot.coin() ? net.add(Relu{}, {part}) : part);
    joined += out;
  }
  ValueId all = parts[0];
  for (size_t i = 1; i < parts.size(); ++i) {
    all = net.add(Concatenate{Concatenate::Axis::channels}, {all, parts[i]});
  }
  if (lot.coin()) all = net.add(Relu{}, {all});
  Conv2d mixed = lot.pointwise(joined, channels);
  mixed.clamp = {};
  const ValueId sum = net.add(Add{}, {net.add(mixed, {all}), from});
  return lot.coin() ? net.add(lot.windowed(channels, channels), {sum}) : sum;
}

// Some of the values between, whatever made them.
void add_outputs(Network& net, Lottery& lot) {
  std::vector<ValueId>& outputs = net.graph.outputs;
  for (ValueId id = 1; id <= static_cast<ValueId>(net.graph.nodes.size()); ++id) {
    const bool is_there = std::find(outputs.begin(), outputs.end(), id) != outputs.end();
    if (!is_there && lot.between(0, 2) == 0) outputs.push_back(id);
  }
}

Network network_by_lot(Lottery& lot) {
  Network net;
  const int side = lot.coin() ? 3 : 5, first = lot.between(4, 40);
  // Halved up to five times, with none left over.
  net.graph.input = {32 * lot.between(1, 2), 32 * lot.between(1, 2), 3};
  int channels = first;
  ValueId value = net.add(Conv2d{{side, side, 2, 2, std::nullopt},
                                 3,
                                 first,
                                 lot.values(side * side * 3 * first),
                                 lot.values(first),
                                 {0, 6}},
                          {0});
  const int blocks = lot.between(1, 4);
  for (int i = 0; i < blocks; ++i) value = add_block(net, lot, value, channels);
  if (lot.coin()) value = add_views(net, lot, value, channels);
  if (lot.coin()) {
    const ValueId up = net.add(ResizeBilinear{2, 2}, {value});
    value = net.add(Add{}, {up, net.add(ResizeBilinear{2, 2}, {value})});
  }
  const ValueId wide = net.add(lot.pointwise(channels, 16), {value});
  const ValueId deep = net.add(DepthToSpace{2}, {wide});
  const ValueId scores = net.add(lot.pointwise(channels, 4), {value});
  const ValueId a = net.add(Flatten{4}, {deep}), b = net.add(Flatten{4}, {scores});
  const ValueId joined = net.add(Concatenate{Concatenate::Axis::rows}, {a, b});
  net.graph.outputs = {joined, b};
  if (lot.coin()) add_outputs(net, lot);
  return net;
}

// Largest value that flows anywhere in the network, or 1: what rounding errors are measured by.
// They grow with the sums that they happen in, and a network drawn by lot has no natural scale.
float scale_of(Graph graph, const Tensor& input) {
  graph.outputs.clear();
  for (size_t i = 1; i <= graph.nodes.size(); ++i) {
    graph.outputs.push_back(static_cast<ValueId>(i));
  }
  const auto all = run_reference(graph, input);
  EXPECT_TRUE(all.has_value());
  if (!all) return 1;
  float largest = 1;
  for (const Tensor& tensor : *all) {
    for (const float value : tensor.values) largest = std::max(largest, std::abs(value));
  }
  return largest;
}

TEST(BlockedExecutor, AgreesWithTheReferenceOnNetworksByLot) {
  const uint32_t seed = std::random_device{}();
  for (uint32_t round = 0; round < 60; ++round) {
    SCOPED_TRACE("seed " + std::to_string(seed + round));
    Lottery lot(seed + round);
    const Graph graph = network_by_lot(lot).graph;
    const Tensor input = test::random_tensor(graph.input, seed + round);
    const auto expected = run_reference(graph, input);
    ASSERT_TRUE(expected.has_value()) << expected.error().message();
    const float tolerance = 1e-5f * scale_of(graph, input);
    for (const test::Executor& executor : test::executors()) {
      const int thread_count = round % 10 == 0 ? 2 : 1;
      const auto outputs = test::run(executor.create, graph, input, thread_count);
      ASSERT_LE(test::largest_difference(*expected, outputs), tolerance) << executor.name;
    }
  }
}

std::shared_ptr<const BlockedNetwork> blocked(Graph graph) {
  auto network = BlockedNetwork::create(std::make_shared<const Graph>(std::move(graph)));
  EXPECT_TRUE(network.has_value()) << network.error().message();
  return network ? *network : nullptr;
}

std::unique_ptr<BlockedRuntime> runtime_of(std::shared_ptr<const BlockedNetwork> network, Size size,
                                           int thread_count = 1) {
  auto runtime = create_blocked_runtime(std::move(network), size, thread_count);
  EXPECT_TRUE(runtime.has_value()) << runtime.error().message();
  return runtime ? std::move(*runtime) : nullptr;
}

Size size_of(const Tensor& input) { return {input.shape.width, input.shape.height}; }

// All outputs, one after the other.
std::vector<float> results_of(BlockedRuntime& runtime, const Tensor& input) {
  std::copy(input.values.begin(), input.values.end(), runtime.input().begin());
  EXPECT_TRUE(runtime.run().has_value());
  std::vector<float> results;
  for (size_t i = 0; i < runtime.output_count(); ++i) {
    const std::span<const float> output = runtime.output(i);
    results.insert(results.end(), output.begin(), output.end());
  }
  return results;
}

void poison(BlockedRuntime& runtime) {
  std::ranges::fill(runtime.working_memory(), std::numeric_limits<float>::quiet_NaN());
}

// Nothing that lies in the memory before a run, zeros included, is needed by it.
TEST(BlockedExecutor, NeedsNothingOfWhatLiesInItsMemory) {
  const uint32_t seed = std::random_device{}();
  for (uint32_t round = 0; round < 40; ++round) {
    SCOPED_TRACE("seed " + std::to_string(seed + round));
    Lottery lot(seed + round);
    const Graph graph = network_by_lot(lot).graph;
    const Tensor input = test::random_tensor(graph.input, seed + round);
    const auto runtime = runtime_of(blocked(graph), size_of(input), round % 10 == 0 ? 2 : 1);
    ASSERT_TRUE(runtime);
    const std::vector<float> expected = results_of(*runtime, input);
    poison(*runtime);
    ASSERT_EQ(results_of(*runtime, input), expected);
    EXPECT_TRUE(std::ranges::equal(runtime->input(), input.values)) << "the input was overwritten";
  }
}

// One runtime that changes its size gives what runtimes made for the sizes give.
TEST(BlockedExecutor, ChangesItsSize) {
  const uint32_t seed = std::random_device{}();
  for (uint32_t round = 0; round < 10; ++round) {
    SCOPED_TRACE("seed " + std::to_string(seed + round));
    Lottery lot(seed + round);
    const auto network = blocked(network_by_lot(lot).graph);
    ASSERT_TRUE(network);
    const auto changing = runtime_of(network, {32, 32});
    for (uint32_t turn = 0; turn < 6; ++turn) {
      const Shape shape{32 * lot.between(1, 4), 32 * lot.between(1, 4), 3};
      const Tensor input = test::random_tensor(shape, seed + turn);
      ASSERT_TRUE(changing->resize(size_of(input)).has_value());
      EXPECT_EQ(changing->size(), size_of(input));
      poison(*changing);
      ASSERT_EQ(results_of(*changing, input),
                results_of(*runtime_of(network, size_of(input)), input));
    }
  }
}

TEST(BlockedExecutor, StaysAsItWasWhenASizeIsImpossible) {
  Lottery lot(1);
  const auto runtime = runtime_of(blocked(network_by_lot(lot).graph), {64, 64});
  ASSERT_TRUE(runtime);
  const Tensor input = test::random_tensor({64, 64, 3}, 2);
  const std::vector<float> expected = results_of(*runtime, input);
  for (const Size size : {Size{0, 32}, Size{1 << 20, 1 << 20}, Size{16384, 16384}}) {
    EXPECT_FALSE(runtime->resize(size).has_value());
    EXPECT_EQ(results_of(*runtime, input), expected);
  }
}

// Networks of another kind are left to XNNPACK, by this error.
TEST(BlockedExecutor, RefusesOtherNetworks) {
  const std::vector<Graph> graphs = {
      {{4, 4, 3}, {{Relu{}, {0}}}, {1}},
      {{4, 4, 3}, {{Prelu{{1, 1, 1}}, {0}}}, {1}},
      {{4, 4, 3}, {{Concatenate{Concatenate::Axis::channels}, {0, 0}}}, {1}},
  };
  for (const Graph& graph : graphs) {
    const auto network = BlockedNetwork::create(std::make_shared<const Graph>(graph));
    ASSERT_FALSE(network.has_value());
    EXPECT_EQ(network.error().kind, Error::Kind::unsupported);
  }
}

TEST(BlockedExecutor, TheFastestKernelsComeFirst) {
  const auto kernels = available_kernels();
  ASSERT_FALSE(kernels.empty());
  EXPECT_STREQ(kernels.back()->name, "baseline");
}

}  // namespace
}  // namespace faceveil::nn
