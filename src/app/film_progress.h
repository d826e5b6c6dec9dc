// How far the work on films has come: which pass, pictures a second, time left. Like Progress, on
// standard error.
#pragma once

#include <chrono>
#include <mutex>

#include "app/status_line.h"
#include "pipeline/video.h"

namespace faceveil {

class FilmProgress {
 public:
  FilmProgress();

  // From any thread.
  void show(const VideoProgress&);

 private:
  using Clock = std::chrono::steady_clock;
  std::mutex mutex_;
  Clock::time_point pass_start_;
  StatusLine line_;
};

}  // namespace faceveil
