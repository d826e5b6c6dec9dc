#include "nn/tflite_loader.h"

#include <gtest/gtest.h>

#include <random>

#include "base/files.h"
#include "base/limits.h"
#include "nn/model.h"
#include "nn/test_models.h"

namespace faceveil::nn {
namespace {

Bytes read_model(const std::string& name) {
  auto bytes = read_file(test::model_file(name), limits::model_bytes_max);
  EXPECT_TRUE(bytes.has_value()) << bytes.error().message();
  return bytes ? std::move(*bytes) : Bytes();
}

std::vector<Shape> output_shapes(const Graph& graph, Size size) {
  const auto shapes = infer_shapes(graph, size);
  std::vector<Shape> outputs;
  if (!shapes) return outputs;
  for (const ValueId id : graph.outputs) outputs.push_back((*shapes)[static_cast<size_t>(id)]);
  return outputs;
}

TEST(TfliteLoader, ReadsTheThreeNetworks) {
  for (const char* name : {test::full_range, test::full_range_sparse}) {
    const auto graph = load_tflite(read_model(name));
    ASSERT_TRUE(graph.has_value()) << name << ": " << graph.error().message();
    EXPECT_EQ(graph->input, (Shape{192, 192, 3}));
    EXPECT_EQ(output_shapes(*graph, {192, 192}), (std::vector<Shape>{{2304, 1, 16}, {2304, 1, 1}}));
    // 640 x 480 has 160 x 120 cells.
    EXPECT_EQ(output_shapes(*graph, {640, 480}),
              (std::vector<Shape>{{19200, 1, 16}, {19200, 1, 1}}));
  }
  const auto graph = load_tflite(read_model(test::short_range));
  ASSERT_TRUE(graph.has_value()) << graph.error().message();
  EXPECT_EQ(graph->input, (Shape{128, 128, 3}));
  EXPECT_EQ(output_shapes(*graph, {128, 128}), (std::vector<Shape>{{896, 1, 16}, {896, 1, 1}}));
}

TEST(TfliteLoader, ExpandsSparseWeights) {
  const auto graph = load_tflite(read_model(test::full_range_sparse));
  ASSERT_TRUE(graph.has_value());
  int64_t zeros = 0, all = 0;
  for (const Node& node : graph->nodes) {
    const Conv2d* conv = std::get_if<Conv2d>(&node.operation);
    if (!conv) continue;
    all += static_cast<int64_t>(conv->filter.size());
    zeros += std::count(conv->filter.begin(), conv->filter.end(), 0.0f);
  }
  // The file stores 0.3 of the point-wise filters (154 bytes for 8 x 32 numbers of 2 bytes).
  EXPECT_NEAR(static_cast<double>(zeros) / static_cast<double>(all), 0.7, 0.05);
}

TEST(TfliteLoader, RefusesEveryTruncation) {
  const Bytes whole = read_model(test::short_range);
  for (size_t size = 0; size < whole.size(); size += 1 + size / 16) {
    const Bytes part(whole.begin(), whole.begin() + static_cast<ptrdiff_t>(size));
    EXPECT_FALSE(load_tflite(part).has_value()) << size;
  }
}

// A damaged file is refused, or still a sound network: never a crash.
class Mutations : public testing::TestWithParam<const char*> {};

TEST_P(Mutations, NeverCrash) {
  const uint32_t seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  const Bytes whole = read_model(GetParam());
  ASSERT_FALSE(whole.empty());
  int refused = 0, prepared = 0;
  for (int round = 0; round < 300; ++round) {
    Bytes damaged = whole;
    // Tables and shapes lie in the first and last part of these files, weights between.
    const size_t reach = round % 3 == 2 ? whole.size() : size_t{60'000};
    for (int change = 0; change < 1 + round % 8; ++change) {
      const size_t offset = random() % reach;
      const size_t place = round % 3 == 0 ? offset : whole.size() - 1 - offset;
      damaged[place] = static_cast<std::byte>(random());
    }
    const auto graph = load_tflite(damaged);
    if (!graph) {
      ++refused;
      continue;
    }
    EXPECT_TRUE(infer_shapes(*graph, {graph->input.width, graph->input.height}).has_value());
    if (prepared >= 20 || graph->input.count() > 192 * 192 * 3) continue;
    const Model model(std::make_shared<const Graph>(*graph), 1);
    const auto runtime = model.lease({graph->input.width, graph->input.height});
    if (!runtime) continue;
    EXPECT_TRUE((*runtime)->run().has_value());
    ++prepared;
  }
  EXPECT_GT(refused, 0);
  EXPECT_GT(prepared, 0);
}

std::string name_of_case(const testing::TestParamInfo<const char*>& info) {
  return test::network_name(info.param);
}

INSTANTIATE_TEST_SUITE_P(All, Mutations,
                         testing::Values(test::full_range, test::full_range_sparse,
                                         test::short_range),
                         name_of_case);

}  // namespace
}  // namespace faceveil::nn
