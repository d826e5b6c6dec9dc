#include "app/server/work_gate.h"

namespace faceveil {

WorkGate::WorkGate(int working_max, int waiting_max)
    : working_max_(working_max), waiting_max_(waiting_max) {}

Result<WorkGate::Turn> WorkGate::enter() {
  std::unique_lock lock(mutex_);
  if (arrived_ - finished_ >= working_max_ + waiting_max_) {
    return fail(Error::Kind::busy, "Too many pictures are waiting; try again in a moment.");
  }
  return wait(lock);
}

WorkGate::Turn WorkGate::enter_patiently() {
  std::unique_lock lock(mutex_);
  return wait(lock);
}

WorkGate::Turn WorkGate::wait(std::unique_lock<std::mutex>& lock) {
  // The n-th to come may work when all but working_max_ of those before have left.
  const int64_t number = arrived_++;
  changed_.wait(lock, [&] { return number - finished_ < working_max_; });
  return Turn(this);
}

void WorkGate::leave() {
  {
    const std::lock_guard lock(mutex_);
    ++finished_;
  }
  changed_.notify_all();
}

WorkGate::Turn::~Turn() {
  if (gate_) gate_->leave();
}

}  // namespace faceveil
