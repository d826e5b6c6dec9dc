// When pictures are decoded, of those that come in the order in which they are coded.
#pragma once

#include <cstdint>
#include <functional>
#include <queue>
#include <vector>

namespace faceveil {

// The time of the n-th picture decoded is that of the n-th shown, so many pictures earlier as any
// may have to wait for others: times never go back, and none is decoded after it is shown.
class DecodeTimes {
 public:
  // `delay`: how many pictures coded before one may be shown after it. `length`: of a picture.
  DecodeTimes(int delay, int64_t length) : delay_(delay), length_(length) {}

  // Of the next picture, which is shown at `pts`; the first is the first to be shown, too.
  int64_t next(int64_t pts) {
    if (count_ == 0) first_ = pts;
    waiting_.push(pts);
    if (count_ < delay_) return first_ - (delay_ - count_++) * length_;
    const int64_t earliest = waiting_.top();
    waiting_.pop();
    return earliest;
  }

 private:
  int64_t delay_, length_;
  int64_t first_ = 0, count_ = 0;
  std::priority_queue<int64_t, std::vector<int64_t>, std::greater<>> waiting_;
};

}  // namespace faceveil
