#include "app/server/films/film_job.h"

#include <algorithm>
#include <array>

namespace faceveil {
namespace {

constexpr std::array<std::string_view, 7> state_names = {
    "queued", "running", "review", "done", "failed", "cancelled", "interrupted"};

}  // namespace

std::string_view film_job_state_name(FilmJobState state) {
  return state_names.at(static_cast<size_t>(state));
}

FilmJobState parse_film_job_state(std::string_view name) {
  const auto found = std::ranges::find(state_names, name);
  if (found == state_names.end()) return FilmJobState::interrupted;
  return static_cast<FilmJobState>(found - state_names.begin());
}

std::string_view film_job_stage_name(FilmJobStage stage) {
  constexpr std::array<std::string_view, 5> names = {"waiting", "find", "hide", "look_again",
                                                     "finished"};
  return names.at(static_cast<size_t>(stage));
}

FilmFacts facts_of(const HiddenVideo& hidden) {
  FilmFacts facts;
  facts.size = hidden.size;
  facts.frames = hidden.frames;
  facts.frames_hidden_in = hidden.frames_hidden_in;
  facts.frames_copied = hidden.frames_copied;
  facts.track_count = hidden.track_count;
  facts.sound_kept = hidden.sound_kept;
  facts.voice = hidden.voice.mode;
  facts.stretches_silenced = hidden.voice.silenced.size();
  facts.dropped = hidden.dropped;
  facts.notes.assign(hidden.notes.begin(), hidden.notes.end());
  return facts;
}

double FilmJobProgress::percent() const {
  if (stage == FilmJobStage::finished) return 100;
  const int64_t total = std::max(frames_total.value_or(0), frames_done);
  return total > 0 ? 100 * static_cast<double>(frames_done) / static_cast<double>(total) : 0;
}

}  // namespace faceveil
