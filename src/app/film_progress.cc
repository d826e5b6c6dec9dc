#include "app/film_progress.h"

#include <algorithm>
#include <string>

#include "app/progress.h"
#include "base/language.h"

namespace faceveil {
namespace {

std::string name_of(VideoStage stage) {
  switch (stage) {
    case VideoStage::find:
      return tr("finding faces");
    case VideoStage::check:
      return tr("looking for damage");
    case VideoStage::hide:
      return tr("hiding them");
    case VideoStage::look_again:
      return tr("looking again");
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

FilmProgress::FilmProgress() : pass_start_(Clock::now()) {}

void FilmProgress::show(const VideoProgress& progress) {
  const std::lock_guard lock(mutex_);
  const auto now = Clock::now();
  if (progress.frames_done == 1) pass_start_ = now;
  if (!line_.is_due()) return;
  line_.show(line_of(progress, std::chrono::duration<double>(now - pass_start_).count()));
}

}  // namespace faceveil
