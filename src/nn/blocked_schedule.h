// In which order the rows of a blocked plan are made. At large sizes one value is larger than the
// processor's cache: written whole by one step and read whole by the next, it travels to main
// memory and back. So steps that follow one another are done together, as a section: each makes a
// row as soon as the next one wants it, while the rows below it are still in the cache. Of a value
// that only its own section reads, a few rows are kept at a time, in a ring. (Known from stencil
// codes and image pipelines as line buffering; for networks: Alwani et al., "Fused-Layer CNN
// Accelerators", MICRO 2016.)
#pragma once

#include <cstdint>
#include <vector>

#include "nn/blocked_plan.h"

namespace faceveil::nn {

struct ScheduleRules {
  // A step that reads and writes less is done whole: its values stay in the cache in any case.
  int64_t step_bytes_min = int64_t{1} << 20;
  // What the rings of one section may take of the cache beside weights.
  int64_t ring_bytes_max = int64_t{1} << 20;

  // In one section. Planning takes a time that grows with the square of it.
  size_t steps_max = 16;

  // Every step whole: for several threads, which share the rows of one step.
  static ScheduleRules step_by_step() { return {INT64_MAX, 0, 1}; }
};

struct RowTask {
  int step = 0;  // Of the plan.
  int row = 0;   // Of its output.
};

// Steps [begin, end) of the plan. A section of one step has no tasks: it is done whole.
struct Section {
  size_t begin = 0, end = 0;
  std::vector<RowTask> tasks;
};

struct Schedule {
  std::vector<Section> sections;  // All steps of the plan, in order.
  // By value: how many of its rows have memory, row y in place y modulo that. All of them where
  // another section or an output of the graph reads it.
  std::vector<int> rows_kept;
};

// Every row that a task reads was made by a task or section before and is not overwritten yet. Rows
// that nobody reads are not made.
Schedule schedule_rows(const BlockedPlan&, const ScheduleRules&);

// Rows [begin, end) of a value.
struct RowSpan {
  int begin = 0, end = 0;
};

// Those of `value`, an input of `step`, that row `row` of the step's output is made of, in full
// pictures: the rows of edges are left out.
RowSpan rows_read(const BlockedPlan&, const Step&, ValueId value, int row);

}  // namespace faceveil::nn
