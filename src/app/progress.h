// How far a batch has come: a bar with rate and time left on a terminal, a plain line now and then
// in a log. Always on standard error, so that standard output stays for results.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>

#include "app/status_line.h"

namespace faceveil {

constexpr int bar_width_characters = 24;

// "[########------------] 40/100  8.1/s  7 s left", width characters of bar.
std::string progress_line(size_t done, size_t total, double seconds, int bar_width);

class Progress {
 public:
  explicit Progress(size_t total);

  // Not thread-safe: the caller makes one call at a time.
  void show(size_t done);

 private:
  using Clock = std::chrono::steady_clock;
  size_t total_;
  Clock::time_point start_;
  StatusLine line_;
};

}  // namespace faceveil
