#include "nn/measures.h"

#include <gtest/gtest.h>

#include "nn/model.h"
#include "nn/reference_executor.h"
#include "nn/test_models.h"

namespace faceveil::nn {
namespace {

Graph convolution(int kernel, int stride) {
  Conv2d conv;
  conv.window = {kernel, kernel, stride, stride, std::nullopt};
  conv.input_channels = 3, conv.output_channels = 2;
  conv.filter.assign(static_cast<size_t>(kernel * kernel) * 6, 1);
  conv.bias.assign(2, 0);
  Graph graph;
  graph.input = {64, 64, 3};
  graph.nodes = {{conv, {0}}};
  graph.outputs = {1};
  return graph;
}

TEST(Measures, CountMultiplicationsAndAdditions) {
  EXPECT_EQ(flop_count(convolution(3, 2), {64, 32}).value(), 32 * 16 * 2 * (2.0 * 9 * 3));
  EXPECT_FALSE(flop_count(convolution(3, 2), {0, 32}).has_value());
}

// DETECTION: 0.211 GFLOP by the paper's count, which leaves out sums and activations.
TEST(Measures, FullRangeCostsWhatIsKnownOfIt) {
  const auto model = Model::load(test::model_file(test::full_range));
  ASSERT_TRUE(model.has_value()) << model.error().message();
  EXPECT_NEAR(flop_count((*model)->graph(), {192, 192}).value() * 1e-9, 0.211, 0.01);
}

TEST(Measures, ReachOfOneConvolutionIsItsWindow) {
  // Cell of 1 pixel, window of 5 around it: 2 pixels further on each side.
  EXPECT_EQ(reach_px(convolution(5, 1), {64, 64}).value(), 3);
  // Cell of 2 pixels, window of 3 from its first pixel on.
  EXPECT_EQ(reach_px(convolution(3, 2), {64, 64}).value(), 3);
}

Tensor noise_changed_before(const Tensor& tensor, int column) {
  Tensor changed = tensor;
  for (int y = 0; y < tensor.shape.height; ++y) {
    for (int i = 0; i < column * tensor.shape.channels; ++i) {
      changed.values[static_cast<size_t>(y * tensor.shape.width * tensor.shape.channels + i)] *= -1;
    }
  }
  return changed;
}

// The output columns that differ are all within the reach of what was changed.
TEST(Measures, NothingBeyondTheReachChangesAResult) {
  const auto model = Model::load(test::model_file(test::full_range));
  ASSERT_TRUE(model.has_value()) << model.error().message();
  const Graph& graph = (*model)->graph();
  const int reach = reach_px(graph, {192, 192}).value();
  RecordProperty("reach_px", reach);
  constexpr int changed_px = 32, stride = 4;
  const int width = (changed_px + reach + 96) / 32 * 32;
  const Tensor input = test::random_tensor({32, width, 3}, 3);
  const auto before = run_reference(graph, input);
  const auto after = run_reference(graph, noise_changed_before(input, changed_px));
  ASSERT_TRUE(before.has_value() && after.has_value());
  int differ_px_max = 0;
  for (size_t i = 0; i < before->size(); ++i) {
    const Tensor &a = (*before)[i], &b = (*after)[i];
    for (size_t v = 0; v < a.values.size(); ++v) {
      if (a.values[v] == b.values[v]) continue;
      const int cell = static_cast<int>(v) / a.shape.channels % (width / stride);
      differ_px_max = std::max(differ_px_max, cell * stride + stride / 2);
    }
  }
  EXPECT_GT(differ_px_max, changed_px);
  EXPECT_LE(differ_px_max, changed_px + reach);
  RecordProperty("seen_px", differ_px_max - changed_px);
}

}  // namespace
}  // namespace faceveil::nn
