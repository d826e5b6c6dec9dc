// The fast executor does what the plain one does.
#include "nn/xnnpack_executor.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <thread>

#include "nn/model.h"
#include "nn/reference_executor.h"
#include "nn/test_models.h"

namespace faceveil::nn {
namespace {

std::vector<Tensor> run_xnnpack(const Graph& graph, const Tensor& input, int thread_count) {
  const auto shared = std::make_shared<const Graph>(graph);
  auto runtime =
      XnnpackRuntime::create(shared, {input.shape.width, input.shape.height}, thread_count);
  EXPECT_TRUE(runtime.has_value()) << runtime.error().message();
  if (!runtime) return {};
  std::copy(input.values.begin(), input.values.end(), (*runtime)->input().begin());
  EXPECT_TRUE((*runtime)->run().has_value());
  std::vector<Tensor> outputs;
  for (size_t i = 0; i < (*runtime)->output_count(); ++i) {
    const std::span<const float> values = (*runtime)->output(i);
    outputs.push_back({(*runtime)->output_shape(i), {values.begin(), values.end()}});
  }
  return outputs;
}

// Largest difference of any output; infinite when the shapes differ.
float largest_difference(const std::vector<Tensor>& a, const std::vector<Tensor>& b) {
  if (a.size() != b.size()) return INFINITY;
  float largest = 0;
  for (size_t i = 0; i < a.size(); ++i) {
    if (a[i].shape != b[i].shape) return INFINITY;
    for (size_t k = 0; k < a[i].values.size(); ++k) {
      largest = std::max(largest, std::abs(a[i].values[k] - b[i].values[k]));
    }
  }
  return largest;
}

struct NetworkCase {
  const char* file;
  Size size;
};

class Networks : public testing::TestWithParam<NetworkCase> {};

TEST_P(Networks, AgreeWithTheReferenceOnRandomInput) {
  const auto [file, size] = GetParam();
  const auto model = Model::load(test::model_file(file));
  ASSERT_TRUE(model.has_value()) << model.error().message();
  const uint32_t seed = 7;
  const Tensor input = test::random_tensor({size.height, size.width, 3}, seed);
  const auto expected = run_reference((*model)->graph(), input);
  ASSERT_TRUE(expected.has_value()) << expected.error().message();
  const float difference = largest_difference(*expected, run_xnnpack((*model)->graph(), input, 1));
  RecordProperty("largest_difference", std::to_string(difference));
  EXPECT_LE(difference, 1e-3f) << "seed " << seed;
}

TEST_P(Networks, GiveTheSameBytesForAnyThreadCount) {
  const auto [file, size] = GetParam();
  const auto model = Model::load(test::model_file(file));
  ASSERT_TRUE(model.has_value()) << model.error().message();
  const Tensor input = test::random_tensor({size.height, size.width, 3}, 8);
  const std::vector<Tensor> one = run_xnnpack((*model)->graph(), input, 1);
  for (const int thread_count : {2, 3}) {
    const std::vector<Tensor> many = run_xnnpack((*model)->graph(), input, thread_count);
    ASSERT_EQ(many.size(), one.size());
    for (size_t i = 0; i < one.size(); ++i) EXPECT_EQ(many[i].values, one[i].values);
  }
}

std::string name_of_case(const testing::TestParamInfo<NetworkCase>& info) {
  const auto [file, size] = info.param;
  return test::network_name(file) + "_" + std::to_string(size.width) + "x" +
         std::to_string(size.height);
}

INSTANTIATE_TEST_SUITE_P(All, Networks,
                         testing::Values(NetworkCase{test::full_range, {192, 192}},
                                         NetworkCase{test::full_range, {320, 96}},
                                         NetworkCase{test::full_range, {32, 64}},
                                         NetworkCase{test::full_range_sparse, {192, 192}},
                                         NetworkCase{test::full_range_sparse, {320, 96}},
                                         NetworkCase{test::full_range_sparse, {32, 64}},
                                         NetworkCase{test::short_range, {128, 128}}),
                         name_of_case);

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
