// One line on standard error about work under way: written over itself on a terminal, ten times a
// second at most; a new line every five seconds in a log.
#pragma once

#include <chrono>
#include <string>

namespace faceveil {

// Not thread-safe.
class StatusLine {
 public:
  StatusLine();
  ~StatusLine();  // Clears the line, where one was shown on a terminal.
  StatusLine(const StatusLine&) = delete;
  StatusLine& operator=(const StatusLine&) = delete;

  bool is_due() const;  // Whether the last line was long enough ago.
  void show(const std::string& line);

 private:
  using Clock = std::chrono::steady_clock;
  bool on_terminal_;
  bool is_shown_ = false;
  Clock::time_point last_shown_;
};

}  // namespace faceveil
