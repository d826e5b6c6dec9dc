#include "nn/blocked_memory.h"

#include <optional>

#include "nn/memory_plan.h"

namespace faceveil::nn {
namespace {

int64_t whole_lines(int64_t numbers) {
  return (numbers + memory_grain - 1) / memory_grain * memory_grain;
}

// What a step reads beside its input, number by number as it writes its result. One line a kind of
// step: a new kind must not be forgotten.
struct SecondInput {
  using Other = std::optional<ValueId>;
  Other operator()(const Convolution& work) const { return work.residual; }
  Other operator()(const Sum& work) const { return work.other; }
  // Its inputs lie elsewhere in the result: none of them can be overwritten.
  Other operator()(const Join&) const { return std::nullopt; }
  Other operator()(const DepthwiseAlone&) const { return std::nullopt; }
  Other operator()(const MaxPool2d&) const { return std::nullopt; }
  Other operator()(const ResizeBilinear&) const { return std::nullopt; }
  Other operator()(const DepthToSpace&) const { return std::nullopt; }
};

class Layout {
 public:
  Layout(const BlockedPlan& plan, const Schedule& schedule)
      : plan_(plan), schedule_(schedule), end_(schedule.sections.size()) {
    last_uses_.resize(plan.shapes.size(), 0);
    homes_.resize(plan.shapes.size(), 0);
  }

  BlockedMemory make() {
    find_last_uses();
    lifetimes_.push_back({whole_lines(plan_.shapes[0].count()), 0, end_});
    for (size_t time = 0; time < end_; ++time) find_homes(time);
    const size_t first_output = lifetimes_.size();
    for (const std::vector<OutputPart>& parts : plan_.outputs) add_output(parts);
    const MemoryPlan places = plan_memory(lifetimes_);

    BlockedMemory memory;
    memory.count = places.count;
    memory.input = places.offsets[0];
    for (const size_t home : homes_) memory.values.push_back(places.offsets[home]);
    memory.outputs.assign(places.offsets.begin() + static_cast<ptrdiff_t>(first_output),
                          places.offsets.end());
    return memory;
  }

 private:
  const Shape& shape(ValueId id) const { return plan_.shapes[static_cast<size_t>(id)]; }
  size_t& last_use(ValueId id) { return last_uses_[static_cast<size_t>(id)]; }
  size_t& home(ValueId id) { return homes_[static_cast<size_t>(id)]; }

  void find_last_uses() {
    for (size_t time = 0; time < end_; ++time) {
      const Section& section = schedule_.sections[time];
      for (size_t i = section.begin; i < section.end; ++i) {
        const Step& step = plan_.steps[i];
        last_use(step.input) = last_use(step.output) = time;
        for (const ValueId id : step.other_inputs()) last_use(id) = time;
      }
    }
    for (const std::vector<OutputPart>& parts : plan_.outputs) {
      for (const OutputPart& part : parts) last_use(part.value) = end_;
    }
  }

  void find_homes(size_t time) {
    const Section& section = schedule_.sections[time];
    for (size_t i = section.begin; i < section.end; ++i) find_home(plan_.steps[i], time);
  }

  // The value that a step writes takes over the memory of one that the step, done whole, reads
  // number by number and nobody reads afterwards, or gets its own.
  void find_home(const Step& step, size_t time) {
    const ValueId output = step.output;
    if (const std::optional<ValueId> before = overwritten(step, time)) {
      home(output) = home(*before);
      lifetimes_[home(output)].last = last_use(output);
      return;
    }
    home(output) = lifetimes_.size();
    const int64_t rows = schedule_.rows_kept[static_cast<size_t>(output)];
    lifetimes_.push_back({rows * row_numbers(shape(output)), time, last_use(output)});
  }

  std::optional<ValueId> overwritten(const Step& step, size_t time) {
    if (!schedule_.sections[time].tasks.empty()) return std::nullopt;
    // A convolution reads its input after it has written some of its results; not so what it adds.
    if (std::holds_alternative<Sum>(step.work) && can_be_overwritten(step.input, step, time)) {
      return step.input;
    }
    const std::optional<ValueId> other = std::visit(SecondInput{}, step.work);
    if (other && *other != step.input && can_be_overwritten(*other, step, time)) return other;
    return std::nullopt;
  }

  bool can_be_overwritten(ValueId id, const Step& step, size_t time) {
    const Shape &before = shape(id), &after = shape(step.output);
    return id != 0 && last_use(id) == time && before.height == after.height &&
           row_numbers(before) == row_numbers(after);
  }

  // After the last step, when most of the memory is free again.
  void add_output(const std::vector<OutputPart>& parts) {
    int64_t count = 0;
    for (const OutputPart& part : parts) count += part.padded(shape(part.value)).count();
    lifetimes_.push_back({whole_lines(count), end_, end_});
  }

  const BlockedPlan& plan_;
  const Schedule& schedule_;       // Time is counted in its sections.
  const size_t end_;               // After the last, when outputs are gathered.
  std::vector<size_t> last_uses_;  // By value: the last section that reads it.
  std::vector<size_t> homes_;      // By value: its place in `lifetimes_`.
  std::vector<Lifetime> lifetimes_;
};

}  // namespace

BlockedMemory plan_memory(const BlockedPlan& plan, const Schedule& schedule) {
  return Layout(plan, schedule).make();
}

}  // namespace faceveil::nn
