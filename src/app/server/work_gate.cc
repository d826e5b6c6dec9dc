#include "app/server/work_gate.h"

#include <chrono>

#include "pipeline/work_step.h"

namespace faceveil {

// How soon somebody who gives up leaves the queue.
constexpr auto question_pause = std::chrono::milliseconds(50);

WorkGate::WorkGate(int working_max, int waiting_max)
    : working_max_(static_cast<size_t>(working_max)),
      waiting_max_(static_cast<size_t>(waiting_max)) {}

Result<WorkGate::Turn> WorkGate::enter(const GivesUp& gives_up) {
  std::unique_lock lock(mutex_);
  if (working_ + waiting_.size() >= working_max_ + waiting_max_) {
    return fail(Error::Kind::busy, "Too many pictures are waiting; try again in a moment.");
  }
  return wait(lock, gives_up);
}

Result<WorkGate::Turn> WorkGate::enter_patiently(const GivesUp& gives_up) {
  std::unique_lock lock(mutex_);
  return wait(lock, gives_up);
}

Result<WorkGate::Turn> WorkGate::wait(std::unique_lock<std::mutex>& lock, const GivesUp& gives_up) {
  const int64_t number = arrived_++;
  waiting_.insert(number);
  const auto my_turn = [&] { return working_ < working_max_ && *waiting_.begin() == number; };
  while (!changed_.wait_for(lock, question_pause, my_turn)) {
    if (!gives_up || !gives_up()) continue;
    waiting_.erase(number);
    changed_.notify_all();  // Whoever stands behind may be the first now.
    return stopped();
  }
  waiting_.erase(number);
  ++working_;
  changed_.notify_all();
  return Turn(this);
}

void WorkGate::leave() {
  {
    const std::lock_guard lock(mutex_);
    --working_;
  }
  changed_.notify_all();
}

WorkGate::Turn::~Turn() {
  if (gate_) gate_->leave();
}

}  // namespace faceveil
