// Lets a bounded number of requests work at once and a bounded number wait for their turn.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <set>

#include "base/result.h"

namespace faceveil {

class WorkGate {
 public:
  WorkGate(int working_max, int waiting_max);

  // The right to work, given back when it goes out of scope.
  class Turn {
   public:
    Turn(Turn&& other) noexcept : gate_(other.gate_) { other.gate_ = nullptr; }
    Turn& operator=(Turn&&) = delete;
    ~Turn();

   private:
    friend class WorkGate;
    explicit Turn(WorkGate* gate) : gate_(gate) {}
    WorkGate* gate_;
  };

  // Asked now and then of those who wait; true: they want to no longer. Absent: they always do.
  using GivesUp = std::function<bool()>;

  // Waits for a turn; those who wait are served in the order in which they came. Errors: busy at
  // once, when too many wait already; cancelled.
  Result<Turn> enter(const GivesUp& = {});

  // The same for work that nobody holds a line open for: waits however many do. Errors: cancelled.
  Result<Turn> enter_patiently(const GivesUp& = {});

 private:
  Result<Turn> wait(std::unique_lock<std::mutex>&, const GivesUp&);
  void leave();

  const size_t working_max_, waiting_max_;
  std::mutex mutex_;
  std::condition_variable changed_;
  size_t working_ = 0;
  std::set<int64_t> waiting_;  // Numbers, as they came.
  int64_t arrived_ = 0;
};

}  // namespace faceveil
