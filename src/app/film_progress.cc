#include "app/film_progress.h"

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <string>

#include "app/progress.h"
#include "base/language.h"

namespace faceveil {
namespace {

constexpr int bar_width_characters = 24;
constexpr std::chrono::milliseconds terminal_interval_ms{100};
constexpr std::chrono::milliseconds log_interval_ms{5'000};

std::string name_of(VideoStage stage) {
  switch (stage) {
    case VideoStage::find:
      return tr("finding faces");
    case VideoStage::check:
      return tr("looking for damage");
    case VideoStage::hide:
      return tr("hiding them");
  }
  return {};
}

std::string line_of(const VideoProgress& progress, double seconds) {
  const std::string stage = name_of(progress.stage);
  const int64_t total = std::max(progress.frames_total.value_or(0), progress.frames_done);
  return stage + " " +
         progress_line(static_cast<size_t>(progress.frames_done), static_cast<size_t>(total),
                       seconds, bar_width_characters);
}

}  // namespace

FilmProgress::FilmProgress()
    : on_terminal_(isatty(STDERR_FILENO) == 1),
      pass_start_(Clock::now()),
      last_shown_(pass_start_) {}

FilmProgress::~FilmProgress() {
  if (on_terminal_ && is_shown_) std::fputs("\r\033[K", stderr);
}

void FilmProgress::show(const VideoProgress& progress) {
  const std::lock_guard lock(mutex_);
  const auto now = Clock::now();
  if (progress.frames_done == 1) pass_start_ = now;
  if (now - last_shown_ < (on_terminal_ ? terminal_interval_ms : log_interval_ms)) return;
  last_shown_ = now;
  is_shown_ = true;
  const std::string line =
      line_of(progress, std::chrono::duration<double>(now - pass_start_).count());
  std::fprintf(stderr, on_terminal_ ? "\r\033[K%s" : "%s\n", line.c_str());
  std::fflush(stderr);
}

}  // namespace faceveil
