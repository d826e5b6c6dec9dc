#include "app/progress.h"

#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "base/language.h"

namespace faceveil {
namespace {

constexpr int bar_width_characters = 24;
constexpr std::chrono::milliseconds terminal_interval_ms{100};
constexpr std::chrono::milliseconds log_interval_ms{5'000};

std::string one_decimal(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.1f", value);
  return text;
}

std::string time_left(double seconds) {
  const auto whole = static_cast<int64_t>(std::ceil(seconds));
  if (whole < 90) return tr("{0} s left", {std::to_string(whole)});
  return tr("{0} min left", {std::to_string((whole + 30) / 60)});
}

}  // namespace

std::string progress_line(size_t done, size_t total, double seconds, int bar_width) {
  const double share = total == 0 ? 1 : static_cast<double>(done) / static_cast<double>(total);
  const int full = static_cast<int>(share * bar_width);
  std::string line = "[" + std::string(static_cast<size_t>(full), '#') +
                     std::string(static_cast<size_t>(bar_width - full), '-') + "] " +
                     std::to_string(done) + "/" + std::to_string(total);
  if (done > 0 && seconds > 0) {
    const double rate = static_cast<double>(done) / seconds;
    line += "  " + one_decimal(rate) + "/s  " + time_left(static_cast<double>(total - done) / rate);
  }
  return line;
}

Progress::Progress(size_t total)
    : total_(total),
      on_terminal_(isatty(STDERR_FILENO) == 1),
      start_(Clock::now()),
      last_shown_(start_) {}

Progress::~Progress() {
  if (on_terminal_ && total_ > 1) std::fputs("\r\033[K", stderr);
}

void Progress::show(size_t done) {
  const auto now = Clock::now();
  if (total_ < 2 || now - last_shown_ < (on_terminal_ ? terminal_interval_ms : log_interval_ms)) {
    return;
  }
  last_shown_ = now;
  const std::string line = progress_line(
      done, total_, std::chrono::duration<double>(now - start_).count(), bar_width_characters);
  std::fprintf(stderr, on_terminal_ ? "\r\033[K%s" : "%s\n", line.c_str());
  std::fflush(stderr);
}

}  // namespace faceveil
