// Lets a bounded number of requests work at once and a bounded number wait for their turn.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <mutex>

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

  // Waits for a turn; those who wait are served in the order in which they came. Errors: busy at
  // once, when too many wait already.
  Result<Turn> enter();

  // The same for work that nobody holds a line open for: waits however many do.
  Turn enter_patiently();

 private:
  Turn wait(std::unique_lock<std::mutex>&);
  void leave();

  const int64_t working_max_, waiting_max_;
  std::mutex mutex_;
  std::condition_variable changed_;
  int64_t arrived_ = 0;   // Everybody let in or waiting, since the start.
  int64_t finished_ = 0;  // Of these, who has left.
};

}  // namespace faceveil
