// The blocked executor on networks drawn by lot.
#include "nn/blocked_executor.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>

#include "nn/reference_executor.h"
#include "nn/test_executors.h"
#include "nn/test_networks.h"

namespace faceveil::nn {
namespace {

using test::Lottery;
using test::network_by_lot;

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
      const int thread_count = round % 10 == 0 ? 3 : 1;
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
                                           int thread_count = 1, const ScheduleRules& rules = {}) {
  auto runtime = create_blocked_runtime(std::move(network), size, thread_count,
                                        *available_kernels().front(), rules);
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

// Done step by step, or row by row through as many steps as there is room for.
TEST(BlockedExecutor, GivesTheSameInSectionsOfAnySize) {
  const uint32_t seed = std::random_device{}();
  for (uint32_t round = 0; round < 60; ++round) {
    SCOPED_TRACE("seed " + std::to_string(seed + round));
    Lottery lot(seed + round);
    const Graph graph = network_by_lot(lot).graph;
    const Tensor input = test::random_tensor(graph.input, seed + round);
    const auto network = blocked(graph);
    const auto plain = runtime_of(network, size_of(input), 1, ScheduleRules::step_by_step());
    const auto sections = runtime_of(network, size_of(input), 1, test::rules_by_lot(lot));
    poison(*sections);
    ASSERT_EQ(results_of(*sections, input), results_of(*plain, input));
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
