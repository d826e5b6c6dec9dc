// Every executor gives what the plain one gives, for the networks at several sizes.
#include <gtest/gtest.h>

#include <ostream>

#include "nn/reference_executor.h"
#include "nn/test_executors.h"

namespace faceveil::nn {
namespace {

struct NetworkCase {
  const char* file;
  Size size;
};

// Without it, the name of a ctest case would hold the bytes of a pointer.
void PrintTo(const NetworkCase& c, std::ostream* out) {
  *out << c.file << " " << c.size.width << "x" << c.size.height;
}

class Networks : public testing::TestWithParam<NetworkCase> {};

TEST_P(Networks, AgreeWithTheReferenceOnRandomInput) {
  const auto [file, size] = GetParam();
  const auto graph = test::load_network(file);
  ASSERT_TRUE(graph.has_value()) << graph.error().message();
  const uint32_t seed = 7;
  const Tensor input = test::random_tensor({size.height, size.width, 3}, seed);
  const auto expected = run_reference(*graph, input);
  ASSERT_TRUE(expected.has_value()) << expected.error().message();
  for (const test::Executor& executor : test::executors()) {
    const float difference =
        test::largest_difference(*expected, test::run(executor.create, *graph, input, 1));
    RecordProperty(executor.name, std::to_string(difference));
    EXPECT_LE(difference, 1e-3f) << executor.name << ", seed " << seed;
  }
}

TEST_P(Networks, GiveTheSameBytesForAnyThreadCount) {
  const auto [file, size] = GetParam();
  const auto graph = test::load_network(file);
  ASSERT_TRUE(graph.has_value()) << graph.error().message();
  const Tensor input = test::random_tensor({size.height, size.width, 3}, 8);
  for (const test::Executor& executor : test::executors()) {
    const auto one = test::run(executor.create, *graph, input, 1);
    const auto many = test::run(executor.create, *graph, input, 2);
    ASSERT_EQ(many.size(), one.size());
    for (size_t i = 0; i < one.size(); ++i) {
      EXPECT_EQ(many[i].values, one[i].values) << executor.name;
    }
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
                                         NetworkCase{test::short_range, {128, 128}},
                                         NetworkCase{test::ultra_light, {320, 240}},
                                         NetworkCase{test::ultra_light, {64, 64}},
                                         NetworkCase{test::ultra_light, {192, 320}}),
                         name_of_case);

}  // namespace
}  // namespace faceveil::nn
