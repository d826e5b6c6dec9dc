// The order of rows, walked through without numbers: what is read must be there.
#include "nn/blocked_schedule.h"

#include <gtest/gtest.h>

#include <map>
#include <random>
#include <set>

#include "nn/test_networks.h"

namespace faceveil::nn {
namespace {

// Which row each place of each value's memory holds.
class Memory {
 public:
  explicit Memory(const std::vector<int>& rows_kept) : rows_kept_(rows_kept) {}

  void write(ValueId value, int row) { rows_[{value, place(value, row)}] = row; }
  bool holds(ValueId value, int row) const {
    const auto found = rows_.find({value, place(value, row)});
    return found != rows_.end() && found->second == row;
  }

 private:
  int place(ValueId value, int row) const { return row % rows_kept_[static_cast<size_t>(value)]; }

  const std::vector<int>& rows_kept_;
  std::map<std::pair<ValueId, int>, int> rows_;
};

std::vector<ValueId> inputs_of(const Step& step) {
  std::vector<ValueId> inputs = step.other_inputs();
  inputs.push_back(step.input);
  return inputs;
}

// The schedule with the tasks of one-step sections written out.
std::vector<RowTask> all_tasks(const BlockedPlan& plan, const Schedule& schedule) {
  std::vector<RowTask> tasks;
  for (const Section& section : schedule.sections) {
    tasks.insert(tasks.end(), section.tasks.begin(), section.tasks.end());
    if (!section.tasks.empty()) continue;
    EXPECT_EQ(section.end, section.begin + 1);
    const ValueId output = plan.steps[section.begin].output;
    for (int row = 0; row < plan.shapes[static_cast<size_t>(output)].height; ++row) {
      tasks.push_back({static_cast<int>(section.begin), row});
    }
  }
  return tasks;
}

void expect_rows_there(const BlockedPlan& plan, const Memory& memory, const RowTask& task) {
  const Step& step = plan.steps[static_cast<size_t>(task.step)];
  for (const ValueId value : inputs_of(step)) {
    if (value == 0) continue;  // The picture.
    const RowSpan rows = rows_read(plan, step, value, task.row);
    for (int row = rows.begin; row < rows.end; ++row) {
      ASSERT_TRUE(memory.holds(value, row)) << "step " << task.step << " row " << task.row
                                            << " reads row " << row << " of value " << value;
    }
  }
}

TEST(BlockedSchedule, EveryRowThatIsReadIsThere) {
  const uint32_t seed = std::random_device{}();
  size_t sections_of_several = 0;
  for (uint32_t round = 0; round < 100; ++round) {
    SCOPED_TRACE("seed " + std::to_string(seed + round));
    test::Lottery lot(seed + round);
    const Graph graph = test::network_by_lot(lot).graph;
    const auto plan = plan_blocked(graph, {graph.input.width, graph.input.height});
    ASSERT_TRUE(plan.has_value()) << plan.error().message();
    const Schedule schedule = schedule_rows(*plan, test::rules_by_lot(lot));
    Memory memory(schedule.rows_kept);
    for (const RowTask& task : all_tasks(*plan, schedule)) {
      ASSERT_NO_FATAL_FAILURE(expect_rows_there(*plan, memory, task));
      memory.write(plan->steps[static_cast<size_t>(task.step)].output, task.row);
    }
    for (const std::vector<OutputPart>& parts : plan->outputs) {
      for (const OutputPart& part : parts) {
        const int height = plan->shapes[static_cast<size_t>(part.value)].height;
        for (int row = 0; row < height; ++row) ASSERT_TRUE(memory.holds(part.value, row));
      }
    }
    for (const Section& section : schedule.sections) sections_of_several += !section.tasks.empty();
  }
  EXPECT_GT(sections_of_several, 100u) << "the rules drawn leave nothing to test";
}

TEST(BlockedSchedule, NoRowIsMadeTwice) {
  test::Lottery lot(7);
  const Graph graph = test::network_by_lot(lot).graph;
  const auto plan = plan_blocked(graph, {graph.input.width, graph.input.height});
  ASSERT_TRUE(plan.has_value());
  std::set<std::pair<int, int>> made;
  for (const RowTask& task : all_tasks(*plan, schedule_rows(*plan, {0, 1 << 20, 20}))) {
    EXPECT_TRUE(made.insert({task.step, task.row}).second);
  }
}

TEST(BlockedSchedule, StepByStepKeepsEveryRow) {
  test::Lottery lot(8);
  const Graph graph = test::network_by_lot(lot).graph;
  const auto plan = plan_blocked(graph, {graph.input.width, graph.input.height});
  ASSERT_TRUE(plan.has_value());
  const Schedule schedule = schedule_rows(*plan, ScheduleRules::step_by_step());
  EXPECT_EQ(schedule.sections.size(), plan->steps.size());
  for (size_t i = 0; i < plan->shapes.size(); ++i) {
    EXPECT_EQ(schedule.rows_kept[i], plan->shapes[i].height);
  }
}

}  // namespace
}  // namespace faceveil::nn
