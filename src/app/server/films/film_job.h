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

// `running` is finding faces or hiding them; in `review` the program waits for a person. What a
// crash cut off is `interrupted`.
enum class FilmJobState : uint8_t { queued, running, review, done, failed, cancelled, interrupted };
enum class FilmJobStage : uint8_t { waiting, find, hide, look_again, finished };

std::string_view film_job_state_name(FilmJobState);
// Of a name that it does not know: interrupted.
FilmJobState parse_film_job_state(std::string_view);
std::string_view film_job_stage_name(FilmJobStage);

inline bool has_ended(FilmJobState state) {
  return state == FilmJobState::done || state == FilmJobState::failed ||
         state == FilmJobState::cancelled || state == FilmJobState::interrupted;
}

// When a person looks at the film: never, when the faces are found, or when they are hidden as
// found.
enum class FilmReview : uint8_t { none, before_hiding, after_hiding };

// What a client asks for when it sends a film.
struct FilmSettings {
  std::string name;  // Of the file; may be empty.
  WorkOptions work;
  VideoOptions video;  // Without what watches the progress; the voice is what the plan begins with.
  FilmReview review = FilmReview::none;
  std::string webhook;  // Empty: nobody is told.
  // For the effect `image`; what `work` points to.
  std::shared_ptr<const CoverPicture> cover;
};

// Where the work at hand stands.
struct FilmJobProgress {
  FilmJobStage stage = FilmJobStage::waiting;
  int64_t frames_done = 0;
  std::optional<int64_t> frames_total;
  double frames_per_second = 0;  // 0: not known yet.
  std::optional<double> eta_s;   // Of this stage.
  size_t films_before = 0;       // Whose turn comes first, while it waits.

  double percent() const;  // Of this stage.
};

// What was done, as HiddenVideo has it.
struct FilmFacts {
  Size size;
  int64_t frames = 0, frames_hidden_in = 0, frames_copied = 0;
  size_t track_count = 0;
  bool sound_kept = false;
  VoiceMode voice = VoiceMode::keep;
  size_t stretches_silenced = 0;
  std::vector<std::string> dropped;
  std::vector<std::string> notes;  // English sentences with a Chinese twin.
};

FilmFacts facts_of(const HiddenVideo&);

// The output, and what it was made from.
struct FilmResult {
  std::shared_ptr<const BodyFile> file;
  int number = 0;  // Of the file; another with each output.
  FilmFacts facts;
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
  std::shared_ptr<const std::vector<MediaTime>> times;  // Of all pictures; while it is worked on.
  int64_t frames = 0;
  MediaTime last;    // Of the last picture.
  int revision = 0;  // Of the plan; from 1.
  std::optional<FilmResult> result;
  std::string result_name;
  bool original_kept = false;
  uint64_t version = 0;  // Goes up with every change.
};

}  // namespace faceveil
