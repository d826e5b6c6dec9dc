// Where values lie that share one piece of memory: those that are never needed at the same time may
// lie in the same place.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace faceveil::nn {

// A value that is written in step `first` and read for the last time in step `last`. Values of
// which one ends in the step in which the other begins do not share memory.
struct Lifetime {
  int64_t count = 0;  // Numbers, a multiple of memory_grain.
  size_t first = 0, last = 0;
};

struct MemoryPlan {
  std::vector<int64_t> offsets;  // By value, in numbers; multiples of memory_grain.
  int64_t count = 0;             // Numbers in all.
};

// Float32 numbers of one cache line: values begin on a line of their own.
inline constexpr int64_t memory_grain = 16;

// The largest value first, each at the lowest place that is free during all of its life (greedy by
// size, as in Pisarchyk and Lee, "Efficient Memory Management for Deep Neural Net Inference",
// 2020). For at most some hundred values: the time grows with their square.
MemoryPlan plan_memory(const std::vector<Lifetime>&);

}  // namespace faceveil::nn
