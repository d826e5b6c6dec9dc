#include "nn/memory_plan.h"

#include <algorithm>
#include <numeric>

#include "base/check.h"

namespace faceveil::nn {
namespace {

bool live_together(const Lifetime& a, const Lifetime& b) {
  return a.first <= b.last && b.first <= a.last;
}

std::vector<size_t> largest_first(const std::vector<Lifetime>& values) {
  std::vector<size_t> order(values.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](size_t a, size_t b) { return values[a].count > values[b].count; });
  return order;
}

}  // namespace

MemoryPlan plan_memory(const std::vector<Lifetime>& values) {
  MemoryPlan plan;
  plan.offsets.resize(values.size());
  std::vector<size_t> placed;  // By offset.
  for (const size_t value : largest_first(values)) {
    CHECK(values[value].count % memory_grain == 0);
    // The end of those in the way so far; a gap before the next one may be large enough.
    int64_t offset = 0;
    for (const size_t other : placed) {
      if (!live_together(values[value], values[other])) continue;
      if (plan.offsets[other] - offset >= values[value].count) break;
      offset = std::max(offset, plan.offsets[other] + values[other].count);
    }
    plan.offsets[value] = offset;
    plan.count = std::max(plan.count, offset + values[value].count);
    const auto behind = std::find_if(placed.begin(), placed.end(),
                                     [&](size_t other) { return plan.offsets[other] > offset; });
    placed.insert(behind, value);
  }
  return plan;
}

}  // namespace faceveil::nn
