// What the server knows of a film that is hidden in the background, and perhaps reviewed by a
// person. Plain values; films.h has the machine that moves them.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/server/body_file.h"
#include "app/server/options.h"
#include "base/result.h"
#include "pipeline/verify.h"
#include "pipeline/video.h"
#include "plan/plan.h"

namespace faceveil {

// `running` is finding faces or hiding them; in `review` the program waits for a person.
enum class FilmJobState : uint8_t { queued, running, review, done, failed, cancelled };
enum class FilmJobStage : uint8_t { waiting, find, hide, look_again, finished };

std::string_view film_job_state_name(FilmJobState);
std::string_view film_job_stage_name(FilmJobStage);

inline bool has_ended(FilmJobState state) {
  return state == FilmJobState::done || state == FilmJobState::failed ||
         state == FilmJobState::cancelled;
}

// What a client asks for when it sends a film.
struct FilmSettings {
  std::string name;  // Of the file; may be empty.
  WorkOptions work;
  VideoOptions video;  // Without what watches the progress.
  bool review = false;
};

// Where the work at hand stands.
struct FilmJobProgress {
  FilmJobStage stage = FilmJobStage::waiting;
  int64_t frames_done = 0;
  std::optional<int64_t> frames_total;
  double frames_per_second = 0;  // 0: not known yet.
  std::optional<double> eta_s;   // Of this stage.

  double percent() const;  // Of this stage.
};

// The output, and what it was made from.
struct FilmResult {
  std::shared_ptr<const BodyFile> file;
  HiddenVideo facts;
  Verification verification;  // What looking again found.
  std::shared_ptr<const RedactionPlan> plan;
  int revision = 0;  // Of the plan.
  std::string sha256;
};

struct FilmJobView {
  std::string id, name;
  FilmJobState state = FilmJobState::queued;
  bool review = false;
  std::chrono::system_clock::time_point created;
  std::optional<std::chrono::system_clock::time_point> expires;
  FilmJobProgress progress;
  std::optional<Error> error;  // Of the last work; in a review the plan is still there.
  // Once faces have been looked for.
  std::shared_ptr<const RedactionPlan> plan;
  std::shared_ptr<const std::vector<MediaTime>> times;  // Of all pictures.
  int revision = 0;                                     // Of the plan; from 1.
  std::optional<FilmResult> result;
  std::string result_name;
  bool original_kept = false;
  uint64_t version = 0;  // Goes up with every change.
};

}  // namespace faceveil
