// How far the work on films has come: which pass, pictures a second, time left. Like Progress, on
// standard error.
#pragma once

#include <chrono>
#include <mutex>

#include "pipeline/video.h"

namespace faceveil {

class FilmProgress {
 public:
  FilmProgress();
  ~FilmProgress();  // Clears the line.
  FilmProgress(const FilmProgress&) = delete;
  FilmProgress& operator=(const FilmProgress&) = delete;

  // From any thread.
  void show(const VideoProgress&);

 private:
  using Clock = std::chrono::steady_clock;
  std::mutex mutex_;
  bool on_terminal_;
  bool is_shown_ = false;
  Clock::time_point pass_start_, last_shown_;
};

}  // namespace faceveil
