#include "nn/memory_plan.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>

namespace faceveil::nn {
namespace {

std::vector<Lifetime> values_by_lot(uint32_t seed) {
  std::mt19937 random(seed);
  const auto below = [&](uint32_t limit) { return random() % limit; };
  std::vector<Lifetime> values(1 + below(40));
  for (Lifetime& value : values) {
    value.count = memory_grain * below(30);
    value.first = below(20);
    value.last = value.first + below(6);
  }
  return values;
}

// What no plan can do with less of: the numbers that are needed in one step.
int64_t most_in_one_step(const std::vector<Lifetime>& values) {
  int64_t most = 0;
  for (size_t step = 0; step < 30; ++step) {
    int64_t sum = 0;
    for (const Lifetime& v : values) sum += v.first <= step && step <= v.last ? v.count : 0;
    most = std::max(most, sum);
  }
  return most;
}

TEST(MemoryPlan, ValuesThatLiveTogetherLieApart) {
  const uint32_t seed = std::random_device{}();
  for (uint32_t round = 0; round < 300; ++round) {
    SCOPED_TRACE("seed " + std::to_string(seed + round));
    const std::vector<Lifetime> values = values_by_lot(seed + round);
    const MemoryPlan plan = plan_memory(values);
    ASSERT_EQ(plan.offsets.size(), values.size());
    EXPECT_GE(plan.count, most_in_one_step(values));
    for (size_t a = 0; a < values.size(); ++a) {
      EXPECT_EQ(plan.offsets[a] % memory_grain, 0);
      EXPECT_GE(plan.offsets[a], 0);
      EXPECT_LE(plan.offsets[a] + values[a].count, plan.count);
      for (size_t b = 0; b < a; ++b) {
        const bool together =
            values[a].first <= values[b].last && values[b].first <= values[a].last;
        const bool apart = plan.offsets[a] + values[a].count <= plan.offsets[b] ||
                           plan.offsets[b] + values[b].count <= plan.offsets[a];
        EXPECT_TRUE(apart || !together) << a << " and " << b;
      }
    }
  }
}

// A chain of layers needs no more than its two largest neighbours.
TEST(MemoryPlan, AChainTakesTurns) {
  const MemoryPlan plan = plan_memory({{64, 0, 1}, {48, 1, 2}, {32, 2, 3}, {16, 3, 4}, {80, 4, 5}});
  EXPECT_EQ(plan.count, 112);
}

TEST(MemoryPlan, OfNothingIsEmpty) { EXPECT_EQ(plan_memory({}).count, 0); }

}  // namespace
}  // namespace faceveil::nn
