#include "nn/model.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/limits.h"
#include "base/thread_pool.h"
#include "nn/blocked_kernels.h"
#include "nn/test_models.h"

namespace faceveil::nn {
namespace {

std::shared_ptr<const Model> load(const char* file) {
  auto model = Model::load(test::model_file(file));
  EXPECT_TRUE(model.has_value()) << model.error().message();
  return model ? *model : nullptr;
}

std::vector<float> scores_of(const Model& model, Size size, uint32_t seed) {
  auto lease = model.lease(size);
  if (!lease) return {};
  const Tensor input = test::random_tensor({size.height, size.width, 3}, seed);
  std::copy(input.values.begin(), input.values.end(), (*lease)->input().begin());
  if (!(*lease)->run()) return {};
  const std::span<const float> scores = (*lease)->output(1);
  return {scores.begin(), scores.end()};
}

TEST(Model, IsLoadedOnceWhileInUse) {
  const auto one = Model::shared(test::model_file(test::short_range));
  const auto two = Model::shared(test::model_file(test::short_range));
  ASSERT_TRUE(one.has_value() && two.has_value());
  EXPECT_EQ(*one, *two);
}

TEST(Model, NamesTheFileInItsErrors) {
  const auto model = Model::load("/nowhere/none.tflite");
  ASSERT_FALSE(model.has_value());
  EXPECT_EQ(model.error().kind, Error::Kind::io);
  EXPECT_EQ(model.error().subject, "/nowhere/none.tflite");
}

TEST(Model, LendsTheSameRuntimeAgainButNeverToTwo) {
  const auto model = load(test::short_range);
  ASSERT_TRUE(model);
  const Size size{128, 128};
  const float* first = nullptr;
  {
    auto one = model->lease(size);
    auto two = model->lease(size);
    ASSERT_TRUE(one.has_value() && two.has_value());
    EXPECT_NE((*one)->input().data(), (*two)->input().data());
    first = (*one)->input().data();
    auto gone = std::move(*two);
  }
  auto again = model->lease(size);
  auto other = model->lease(size);
  ASSERT_TRUE(again.has_value() && other.has_value());
  EXPECT_TRUE((*again)->input().data() == first || (*other)->input().data() == first);
}

// Pictures come in all sizes, and one picture is looked at in several.
TEST(Model, GivesTheSameResultsWhenSizesTakeTurns) {
  const std::vector<Size> sizes = {{96, 96}, {256, 160}, {32, 64}, {160, 256}, {96, 96}};
  const auto model = load(test::full_range);
  ASSERT_TRUE(model);
  for (uint32_t round = 0; round < 2; ++round) {
    for (const Size size : sizes) {
      const auto fresh = load(test::full_range);
      ASSERT_TRUE(fresh);
      const std::vector<float> expected = scores_of(*fresh, size, round);
      EXPECT_FALSE(expected.empty());
      EXPECT_EQ(scores_of(*model, size, round), expected) << size.width << " x " << size.height;
    }
  }
}

// A huge picture's memory goes back to the system; those of others are kept.
TEST(Model, KeepsNoMoreIdleMemoryThanIsAllowed) {
  if (available_kernels().size() == 1) GTEST_SKIP() << "XNNPACK's runtimes keep their size";
  const auto model = load(test::full_range);
  ASSERT_TRUE(model);
  const auto idle_bytes = [&] {
    // What is idle is lent again before anything new is made.
    std::vector<Lease> leases;
    size_t bytes = 0;
    for (int i = 0; i < 4; ++i) {
      auto lease = model->lease({32, 32});
      EXPECT_TRUE(lease.has_value());
      if (!lease) break;
      bytes += (*lease)->bytes();
      leases.push_back(std::move(*lease));
    }
    return bytes;
  };
  { const auto lease = model->lease({640, 480}); }
  EXPECT_GT(idle_bytes(), 10u << 20);
  size_t huge = 0;
  {
    const auto lease = model->lease({4096, 2048});
    ASSERT_TRUE(lease.has_value());
    huge = (*lease)->bytes();
  }
  EXPECT_GT(huge, static_cast<size_t>(limits::idle_network_bytes_max));
  EXPECT_LE(idle_bytes(), static_cast<size_t>(limits::idle_network_bytes_max));
}

TEST(Model, ALeaseOutlivesItsModel) {
  auto model = load(test::short_range);
  ASSERT_TRUE(model);
  auto lease = model->lease({128, 128});
  model.reset();
  ASSERT_TRUE(lease.has_value());
  EXPECT_TRUE((*lease)->run().has_value());
}

TEST(Model, RefusesSizesThatTheNetworkCannotTake) {
  const auto model = load(test::full_range);
  ASSERT_TRUE(model);
  for (const Size size :
       {Size{100, 100}, Size{0, 32}, Size{-32, 32}, Size{1 << 30, 1 << 30}, Size{8192, 4096}}) {
    EXPECT_FALSE(model->lease(size).has_value()) << size.width << " x " << size.height;
  }
}

TEST(Model, RunsOnSeveralThreadsAtOnceWithTheSameResults) {
  const auto model = load(test::full_range);
  ASSERT_TRUE(model);
  const std::vector<Size> sizes = {{96, 96}, {64, 32}};
  constexpr size_t count = 40;
  std::vector<std::vector<float>> alone(count), together(count);
  const auto run = [&](std::vector<std::vector<float>>& results) {
    return [&](size_t i) {
      results[i] = scores_of(*model, sizes[i % sizes.size()], static_cast<uint32_t>(i));
    };
  };
  parallel_for(count, 1, run(alone));
  parallel_for(count, 8, run(together));
  for (size_t i = 0; i < count; ++i) {
    EXPECT_FALSE(alone[i].empty());
    EXPECT_EQ(alone[i], together[i]) << i;
  }
}

}  // namespace
}  // namespace faceveil::nn
