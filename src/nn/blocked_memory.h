// Where everything of a blocked network lies in the one memory of its runtime.
#pragma once

#include <cstdint>
#include <vector>

#include "nn/blocked_plan.h"
#include "nn/blocked_schedule.h"

namespace faceveil::nn {

// Places are numbers (float32) from the memory's beginning, multiples of 16.
struct BlockedMemory {
  int64_t input = 0;             // The picture: its own for ever, runs do not change it.
  std::vector<int64_t> values;   // By value: those that a step writes, in blocks, as
                                 // many rows as the schedule keeps.
  std::vector<int64_t> outputs;  // By output of the graph: plain numbers, written after all steps.
  int64_t count = 0;             // Numbers in all.
};

// Every step writes all that later steps read of its value, fill of the blocks included: the memory
// need not be cleared.
BlockedMemory plan_memory(const BlockedPlan&, const Schedule&);

}  // namespace faceveil::nn
