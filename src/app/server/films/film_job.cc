#include "app/server/films/film_job.h"

#include <algorithm>
#include <array>

namespace faceveil {

std::string_view film_job_state_name(FilmJobState state) {
  constexpr std::array<std::string_view, 6> names = {"queued", "running", "review",
                                                     "done",   "failed",  "cancelled"};
  return names.at(static_cast<size_t>(state));
}

std::string_view film_job_stage_name(FilmJobStage stage) {
  constexpr std::array<std::string_view, 5> names = {"waiting", "find", "hide", "look_again",
                                                     "finished"};
  return names.at(static_cast<size_t>(stage));
}

double FilmJobProgress::percent() const {
  if (stage == FilmJobStage::finished) return 100;
  const int64_t total = std::max(frames_total.value_or(0), frames_done);
  return total > 0 ? 100 * static_cast<double>(frames_done) / static_cast<double>(total) : 0;
}

}  // namespace faceveil
