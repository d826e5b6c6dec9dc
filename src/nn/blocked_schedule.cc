#include "nn/blocked_schedule.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "base/check.h"

namespace faceveil::nn {
namespace {

// What a step reads of its input, before the picture's borders are thought of. One line a kind of
// step: a new kind must not be forgotten.
struct InputRows {
  int row;
  int input_height;

  static RowSpan under(const Window& window, const Edges& edges, int row) {
    const int begin = row * window.stride_down - edges.top;
    return {begin, begin + static_cast<int>(window.rows())};
  }

  RowSpan operator()(const Convolution& work) const {
    if (work.depthwise) return under(work.depthwise->window, work.depthwise_edges, row);
    return under(work.conv->window, work.edges, row);
  }
  RowSpan operator()(const DepthwiseAlone& work) const {
    return under(work.depthwise->window, work.edges, row);
  }
  RowSpan operator()(const Sum&) const { return {row, row + 1}; }
  RowSpan operator()(const Join&) const { return {row, row + 1}; }
  RowSpan operator()(const MaxPool2d&) const { return {2 * row, 2 * row + 2}; }
  RowSpan operator()(const ResizeBilinear& work) const {
    const Between between(row, work.factor_down, input_height);
    return {between.first, between.second + 1};
  }
  RowSpan operator()(const DepthToSpace& work) const {
    return {row / work.block, row / work.block + 1};
  }
};

bool reads(const Step& step, ValueId value) {
  return step.input == value || std::ranges::count(step.other_inputs(), value) > 0;
}

// One section: the order of its rows, and how many of each value it needs at a time.
class Walk {
 public:
  Walk(const BlockedPlan& plan, size_t begin, size_t end)
      : plan_(plan), begin_(begin), end_(end), done_(end - begin), kept_(end - begin) {
    find_makers();
    for (size_t i = begin; i < end; ++i) is_seen_outside_.push_back(is_seen_outside(i));
  }

  // Every value that is read outside grows at the same pace, so that no ring waits for long.
  std::vector<RowTask> tasks() {
    while (const std::optional<size_t> step = furthest_behind()) make_until(*step, done(*step) + 1);
    return std::move(tasks_);
  }

  int rows_kept(size_t step) const {
    return is_seen_outside_[step - begin_] ? height(step) : kept_[step - begin_];
  }

 private:
  struct Reading {
    ValueId value;
    std::optional<size_t> maker;  // The step of this section that writes it.
  };

  const Step& step(size_t i) const { return plan_.steps[i]; }
  int height(size_t i) const { return shape(step(i).output).height; }
  const Shape& shape(ValueId id) const { return plan_.shapes[static_cast<size_t>(id)]; }
  int& done(size_t i) { return done_[i - begin_]; }

  std::optional<size_t> maker_of(ValueId value) const {
    for (size_t i = begin_; i < end_; ++i) {
      if (step(i).output == value) return i;
    }
    return std::nullopt;
  }

  void find_makers() {
    readers_.resize(end_ - begin_);
    for (size_t i = begin_; i < end_; ++i) {
      std::vector<ValueId> inputs = step(i).other_inputs();
      inputs.insert(inputs.begin(), step(i).input);
      std::vector<Reading>& readings = readings_.emplace_back();
      for (const ValueId value : inputs) {
        const std::optional<size_t> maker = maker_of(value);
        readings.push_back({value, maker});
        if (maker) readers_[*maker - begin_].push_back(i);
      }
    }
  }

  bool is_seen_outside(size_t i) const {
    const ValueId value = step(i).output;
    for (size_t other = end_; other < plan_.steps.size(); ++other) {
      if (reads(step(other), value)) return true;
    }
    for (const std::vector<OutputPart>& parts : plan_.outputs) {
      if (std::ranges::count(parts, value, &OutputPart::value) > 0) return true;
    }
    return false;
  }

  // Of the steps whose values are read outside, or by nobody here, the one with the least share of
  // its rows made; none when all are.
  std::optional<size_t> furthest_behind() const {
    std::optional<size_t> last;
    for (size_t i = begin_; i < end_; ++i) {
      const bool is_wanted = is_seen_outside_[i - begin_] || readers_[i - begin_].empty();
      if (!is_wanted || done_[i - begin_] == height(i)) continue;
      if (!last || share_done(i) < share_done(*last)) last = i;
    }
    return last;
  }
  double share_done(size_t i) const { return double(done_[i - begin_]) / height(i); }

  // Makes rows of step `i` before `end`, and first what they need.
  void make_until(size_t i, int end) {
    while (done(i) < end) {
      for (const Reading& reading : readings_[i - begin_]) {
        if (!reading.maker) continue;
        make_until(*reading.maker, rows_read(plan_, step(i), reading.value, done(i)).end);
      }
      tasks_.push_back({static_cast<int>(i), done(i)});
      note_kept(i);
      ++done(i);
    }
  }

  // The row at hand and all above it that somebody here will still read.
  void note_kept(size_t i) {
    int oldest = done(i);
    for (const size_t reader : readers_[i - begin_]) {
      if (done(reader) == height(reader)) continue;
      const RowSpan next = rows_read(plan_, step(reader), step(i).output, done(reader));
      oldest = std::min(oldest, next.begin);
    }
    kept_[i - begin_] = std::max(kept_[i - begin_], done(i) - oldest + 1);
  }

  const BlockedPlan& plan_;
  const size_t begin_, end_;
  std::vector<std::vector<Reading>> readings_;  // These by step.
  std::vector<std::vector<size_t>> readers_;    // Steps that read the step's value.
  std::vector<bool> is_seen_outside_;
  std::vector<int> done_, kept_;  // Rows.
  std::vector<RowTask> tasks_;
};

constexpr int64_t bytes_per_number = sizeof(float);

class Scheduler {
 public:
  Scheduler(const BlockedPlan& plan, const ScheduleRules& rules) : plan_(plan), rules_(rules) {
    for (const Shape& shape : plan.shapes) schedule_.rows_kept.push_back(shape.height);
  }

  Schedule schedule() {
    for (size_t begin = 0; begin < plan_.steps.size();) {
      schedule_.sections.push_back(section_from(begin));
      begin = schedule_.sections.back().end;
    }
    return std::move(schedule_);
  }

 private:
  const Shape& shape(ValueId id) const { return plan_.shapes[static_cast<size_t>(id)]; }

  bool is_large(size_t i) const {
    const Step& step = plan_.steps[i];
    const int64_t numbers = numbers_of(shape(step.input)) + numbers_of(shape(step.output));
    return numbers * bytes_per_number >= rules_.step_bytes_min;
  }

  int64_t ring_bytes(const Walk& walk, size_t begin, size_t end) const {
    int64_t numbers = 0;
    for (size_t i = begin; i < end; ++i) {
      const Shape& s = shape(plan_.steps[i].output);
      if (walk.rows_kept(i) < s.height) numbers += walk.rows_kept(i) * row_numbers(s);
    }
    return numbers * bytes_per_number;
  }

  // As many large steps as have room for their rings.
  Section section_from(size_t begin) {
    Section section{begin, begin + 1, {}};
    const size_t last = std::min(plan_.steps.size(), begin + rules_.steps_max);
    while (section.end < last && is_large(begin) && is_large(section.end)) {
      Walk walk(plan_, begin, section.end + 1);
      std::vector<RowTask> tasks = walk.tasks();
      if (ring_bytes(walk, begin, section.end + 1) > rules_.ring_bytes_max) break;
      section = {begin, section.end + 1, std::move(tasks)};
      keep_rows(walk, section);
    }
    return section;
  }

  void keep_rows(const Walk& walk, const Section& section) {
    for (size_t i = section.begin; i < section.end; ++i) {
      schedule_.rows_kept[static_cast<size_t>(plan_.steps[i].output)] = walk.rows_kept(i);
    }
  }

  const BlockedPlan& plan_;
  const ScheduleRules& rules_;
  Schedule schedule_;
};

}  // namespace

RowSpan rows_read(const BlockedPlan& plan, const Step& step, ValueId value, int row) {
  const int height = plan.shapes[static_cast<size_t>(value)].height;
  std::optional<RowSpan> rows;
  if (step.input == value) rows = std::visit(InputRows{row, height}, step.work);
  // All other inputs are read number by number with the result.
  if (std::ranges::count(step.other_inputs(), value) > 0) {
    rows = rows ? RowSpan{std::min(rows->begin, row), std::max(rows->end, row + 1)}
                : RowSpan{row, row + 1};
  }
  CHECK(rows);
  return {std::clamp(rows->begin, 0, height), std::clamp(rows->end, 0, height)};
}

Schedule schedule_rows(const BlockedPlan& plan, const ScheduleRules& rules) {
  return Scheduler(plan, rules).schedule();
}

}  // namespace faceveil::nn
