#include "app/status_line.h"

#include <unistd.h>

#include <cstdio>

namespace faceveil {
namespace {

constexpr std::chrono::milliseconds terminal_interval_ms{100};
constexpr std::chrono::milliseconds log_interval_ms{5'000};

}  // namespace

StatusLine::StatusLine() : on_terminal_(isatty(STDERR_FILENO) == 1), last_shown_(Clock::now()) {}

StatusLine::~StatusLine() {
  if (on_terminal_ && is_shown_) std::fputs("\r\033[K", stderr);
}

bool StatusLine::is_due() const {
  return Clock::now() - last_shown_ >= (on_terminal_ ? terminal_interval_ms : log_interval_ms);
}

void StatusLine::show(const std::string& line) {
  last_shown_ = Clock::now();
  is_shown_ = true;
  std::fprintf(stderr, on_terminal_ ? "\r\033[K%s" : "%s\n", line.c_str());
  std::fflush(stderr);
}

}  // namespace faceveil
