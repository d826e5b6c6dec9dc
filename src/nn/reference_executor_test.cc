// The oracle itself, against cases small enough to compute by hand.
#include "nn/reference_executor.h"

#include <gtest/gtest.h>

#include <cmath>

#include "nn/half.h"

namespace faceveil::nn {
namespace {

std::vector<float> run_one(Operation operation, const Tensor& input) {
  Graph graph{input.shape, {{std::move(operation), {0}}}, {1}};
  Result<std::vector<Tensor>> outputs = run_reference(graph, input);
  EXPECT_TRUE(outputs.has_value());
  return outputs ? (*outputs)[0].values : std::vector<float>();
}

Tensor counting(const Shape& shape) {
  Tensor tensor{shape, {}};
  for (int64_t i = 0; i < shape.count(); ++i) tensor.values.push_back(static_cast<float>(i + 1));
  return tensor;
}

TEST(ReferenceExecutor, SameConvolutionOfStrideTwoPadsRightAndBottom) {
  Conv2d conv;
  conv.window = {3, 3, 2, 2, std::nullopt};
  conv.input_channels = conv.output_channels = 1;
  conv.filter.assign(9, 1.0f);
  conv.bias = {100};
  // 1 2 3 4 / 5 6 7 8 / 9 10 11 12 / 13 14 15 16: windows begin at (0, 0), not at (-1, -1).
  EXPECT_EQ(run_one(conv, counting({4, 4, 1})), (std::vector<float>{154, 145, 172, 154}));
}

TEST(ReferenceExecutor, ConvolutionMixesChannelsAndClamps) {
  Conv2d conv;
  conv.input_channels = conv.output_channels = 2;
  conv.filter = {1, 10, -1, -1};
  conv.bias = {0.5f, 0};
  conv.clamp = {0, 40};
  EXPECT_EQ(run_one(conv, counting({1, 2, 2})), (std::vector<float>{21.5f, 0, 40, 0}));
}

TEST(ReferenceExecutor, DepthwiseConvolutionKeepsChannelsApart) {
  DepthwiseConv2d conv;
  conv.window = {1, 2, 1, 1, Edges{}};
  conv.channels = 2;
  conv.filter = {1, 10, 2, 20};  // [column][channel]
  conv.bias = {0, 1};
  EXPECT_EQ(run_one(conv, counting({1, 2, 2})), (std::vector<float>{7, 101}));
}

TEST(ReferenceExecutor, MaxPoolingIgnoresPaddingBelowZero) {
  Tensor input{{2, 3, 1}, {-1, -2, -3, -4, -5, -6}};
  EXPECT_EQ(run_one(MaxPool2d{{2, 2, 2, 2, std::nullopt}}, input), (std::vector<float>{-1, -3}));
}

TEST(ReferenceExecutor, BilinearDoublingHasHalfPixelCentres) {
  Tensor input{{1, 2, 1}, {0, 1}};
  EXPECT_EQ(run_one(ResizeBilinear{1, 2}, input), (std::vector<float>{0, 0.25f, 0.75f, 1}));
}

TEST(ReferenceExecutor, DepthToSpaceReadsBlocksRowByRow) {
  EXPECT_EQ(run_one(DepthToSpace{2}, counting({1, 2, 4})),
            (std::vector<float>{1, 2, 5, 6, 3, 4, 7, 8}));
}

TEST(ReferenceExecutor, PadsWithZerosAllAround) {
  EXPECT_EQ(run_one(Pad{{.top = 1, .right = 0, .bottom = 0, .left = 1}, 1}, counting({1, 1, 1})),
            (std::vector<float>{0, 0, 0, 0, 0, 0, 1, 0}));
}

TEST(ReferenceExecutor, PreluScalesNegativeValuesByChannel) {
  Tensor input{{1, 2, 2}, {-1, -1, 3, -4}};
  EXPECT_EQ(run_one(Prelu{{0.5f, 2}}, input), (std::vector<float>{-0.5f, -2, 3, -8}));
}

TEST(ReferenceExecutor, FlattenKeepsTheOrder) {
  const Tensor input = counting({2, 2, 4});
  EXPECT_EQ(run_one(Flatten{2}, input), input.values);
}

TEST(ReferenceExecutor, ConcatenatesRowsAndChannels) {
  for (const auto axis : {Concatenate::Axis::rows, Concatenate::Axis::channels}) {
    Graph graph{{1, 2, 1}, {{Relu{}, {0}}, {Relu{{5, 6}}, {0}}, {Concatenate{axis}, {1, 2}}}, {3}};
    const Result<std::vector<Tensor>> outputs = run_reference(graph, {{1, 2, 1}, {1, 2}});
    ASSERT_TRUE(outputs.has_value());
    const bool rows = axis == Concatenate::Axis::rows;
    EXPECT_EQ((*outputs)[0].shape, rows ? (Shape{2, 2, 1}) : (Shape{1, 2, 2}));
    EXPECT_EQ((*outputs)[0].values,
              rows ? (std::vector<float>{1, 2, 5, 5}) : (std::vector<float>{1, 5, 2, 5}));
  }
}

TEST(ReferenceExecutor, RefusesAnInputOfTheWrongSize) {
  const Graph graph{{1, 2, 1}, {{Relu{}, {0}}}, {1}};
  EXPECT_FALSE(run_reference(graph, {{1, 2, 1}, {1}}).has_value());
  EXPECT_FALSE(run_reference(graph, {{1, 1, 2}, {1, 2}}).has_value());
}

TEST(Shapes, RefuseWhatDoesNotFit) {
  const Size size{2, 1};
  const auto fits = [&](Graph graph) { return infer_shapes(graph, size).has_value(); };
  EXPECT_TRUE(fits({{1, 2, 1}, {{Relu{}, {0}}}, {1}}));
  EXPECT_FALSE(fits({{1, 2, 1}, {{Relu{}, {1}}}, {1}}));           // Reads its own result.
  EXPECT_FALSE(fits({{1, 2, 1}, {{Add{}, {0}}}, {1}}));            // One input too few.
  EXPECT_FALSE(fits({{1, 2, 1}, {{Relu{}, {0}}}, {2}}));           // No such output.
  EXPECT_FALSE(fits({{1, 2, 1}, {{Relu{}, {0}}}, {1, 1}}));        // The same output twice.
  EXPECT_FALSE(fits({{1, 2, 1}, {{Flatten{3}, {0}}}, {1}}));       // 2 numbers in threes.
  EXPECT_FALSE(fits({{1, 2, 1}, {{Prelu{{1, 2}}, {0}}}, {1}}));    // Two slopes, one channel.
  EXPECT_FALSE(fits({{1, 2, 1}, {{Conv2d{}, {0}}}, {1}}));         // No weights.
  EXPECT_FALSE(fits({{1, 2, 1}, {{DepthToSpace{2}, {0}}}, {1}}));  // One channel in fours.
}

TEST(Shapes, RefuseMoreMemoryThanTheLimitBeforeTakingIt) {
  const Graph graph{{1, 1, 1}, {{ResizeBilinear{4096, 4096}, {0}}}, {1}};
  const Result<std::vector<Shape>> shapes = infer_shapes(graph, Size{1024, 1024});
  ASSERT_FALSE(shapes.has_value());
  EXPECT_EQ(shapes.error().kind, Error::Kind::over_limit);
}

TEST(Half, AllValuesAreExact) {
  for (uint32_t bits = 0; bits < 65536; ++bits) {
    const int exponent = static_cast<int>(bits >> 10) & 31;
    const int fraction = static_cast<int>(bits) & 1023;
    const double sign = bits & 0x8000 ? -1 : 1;
    const float actual = half_to_float(static_cast<uint16_t>(bits));
    if (exponent == 31) {
      EXPECT_EQ(std::isnan(actual), fraction != 0);
      EXPECT_EQ(std::isinf(actual), fraction == 0);
      continue;
    }
    const double expected =
        exponent == 0 ? std::ldexp(fraction, -24) : std::ldexp(1024 + fraction, exponent - 25);
    ASSERT_EQ(actual, sign * expected) << bits;
  }
}

}  // namespace
}  // namespace faceveil::nn
