// The general fast executor does what the plain one does, operation by operation.
#include "nn/xnnpack_executor.h"

#include <gtest/gtest.h>

#include "nn/reference_executor.h"
#include "nn/test_executors.h"

namespace faceveil::nn {
namespace {

std::vector<Tensor> run_xnnpack(const Graph& graph, const Tensor& input, int thread_count) {
  return test::run(create_xnnpack_runtime, graph, input, thread_count);
}

using test::largest_difference;

// Every operation alone, at odd sizes.
TEST(Operations, AgreeWithTheReference) {
  const int c = 5;
  const auto conv = [](Window window, int in, int out) {
    Conv2d op{window,
              in,
              out,
              test::random_values(window.height * window.width * in * out, 1),
              test::random_values(out, 2),
              {}};
    return op;
  };
  const auto depthwise = [](Window window, int channels) {
    return DepthwiseConv2d{window, channels,
                           test::random_values(window.height * window.width * channels, 3),
                           test::random_values(channels, 4), Clamp{0, 1}};
  };
  const std::vector<Operation> operations = {
      conv({3, 3, 2, 2, std::nullopt}, c, 7),
      conv({5, 3, 1, 2, Edges{1, 2, 3, 0}}, c, 9),
      conv({1, 1, 1, 1, Edges{}}, c, 4),
      depthwise({3, 3, 2, 2, std::nullopt}, c),
      depthwise({3, 3, 1, 1, Edges{1, 1, 1, 1}}, c),
      Relu{},
      Relu{{0, 0.5f}},
      Prelu{test::random_values(c, 5)},
      MaxPool2d{{2, 2, 2, 2, std::nullopt}},
      MaxPool2d{{3, 3, 1, 1, std::nullopt}},
      Pad{{1, 2, 3, 4}, 6},
      ResizeBilinear{2, 2},
      ResizeBilinear{3, 2},
      Flatten{c},
  };
  for (size_t i = 0; i < operations.size(); ++i) {
    for (const Size size : {Size{11, 9}, Size{6, 13}}) {
      const Tensor input = test::random_tensor({size.height, size.width, c}, 6);
      const Graph graph{input.shape, {{operations[i], {0}}}, {1}};
      const auto expected = run_reference(graph, input);
      ASSERT_TRUE(expected.has_value()) << i;
      EXPECT_LE(largest_difference(*expected, run_xnnpack(graph, input, 1)), 1e-5f) << i;
    }
  }
}

TEST(Operations, OfTwoInputsAgreeWithTheReference) {
  const Tensor input = test::random_tensor({6, 7, 8}, 9);
  const std::vector<Operation> operations = {Add{}, Add{{0, 0.3f}},
                                             Concatenate{Concatenate::Axis::rows},
                                             Concatenate{Concatenate::Axis::channels}};
  for (const Operation& operation : operations) {
    const Graph graph{
        input.shape, {{Relu{}, {0}}, {operation, {0, 1}}, {DepthToSpace{2}, {2}}}, {1, 2, 3}};
    const auto expected = run_reference(graph, input);
    ASSERT_TRUE(expected.has_value());
    EXPECT_LE(largest_difference(*expected, run_xnnpack(graph, input, 1)), 1e-6f);
  }
}

TEST(Operations, AConcatenationOfParts_IsExact) {
  const Tensor input = test::random_tensor({5, 3, 4}, 10);
  const Graph graph{
      input.shape, {{Relu{}, {0}}, {Concatenate{Concatenate::Axis::rows}, {0, 1}}}, {2}};
  const auto expected = run_reference(graph, input);
  ASSERT_TRUE(expected.has_value());
  EXPECT_EQ(largest_difference(*expected, run_xnnpack(graph, input, 2)), 0.0f);
}

}  // namespace
}  // namespace faceveil::nn
