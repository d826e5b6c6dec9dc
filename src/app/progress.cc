#include "app/progress.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "base/language.h"

namespace faceveil {
namespace {

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

Progress::Progress(size_t total) : total_(total), start_(Clock::now()) {}

void Progress::show(size_t done) {
  if (total_ < 2 || !line_.is_due()) return;
  const double seconds = std::chrono::duration<double>(Clock::now() - start_).count();
  line_.show(progress_line(done, total_, seconds, bar_width_characters));
}

}  // namespace faceveil
