// Where pictures are worked on, one at a time for each processor: takes a turn, the detectors that
// the options name, and hides and looks again as the command line does.
#pragma once

#include <optional>
#include <string>

#include "app/server/detector_store.h"
#include "app/server/options.h"
#include "app/server/work_gate.h"
#include "pipeline/checked_film.h"
#include "pipeline/checked_hide.h"
#include "pipeline/sound.h"
#include "pipeline/video.h"

namespace faceveil {

// Whom the work is for.
struct Client {
  // Asked while waiting, before each step, and all the time while faces are looked for; true ends
  // it with the error `cancelled`. Absent: they stay.
  StopRequested gone;
  std::function<void(WorkStep)> on_step;  // May be absent.
  bool patient = false;                   // Waits however many do; else is told busy.
};

// The picture, and what belongs to it. All borrowed.
struct Sitter {
  BytesView bytes;
  std::optional<BytesView> cover;
  std::string cover_name;
};

// The picture of a request.
inline Sitter sitter_of(const Upload& upload) {
  return {upload.bytes, upload.cover, upload.cover_name};
}

// Whoever sent the request, until they have hung up. Within the first moment nobody is said to have
// gone: they may have closed their own side only, and still read.
Client client_of(const HttpRequest&);

// Where the time went.
struct WorkTime {
  double wait_ms = 0, work_ms = 0;
};

// A film that was hidden and looked at again.
struct HiddenFilm {
  RedactionPlan plan;  // With the faces that looking again found.
  HiddenVideo facts;
  Verification verification;
  size_t tracks_added = 0;
};

// Of many threads at once. Errors of all: busy, cancelled, those of Detector::create; and as the
// pipeline's functions of these names.
class Workbench {
 public:
  Workbench(std::filesystem::path model_folder, int working_max, int waiting_max);

  // Loads the detector that requests without options use. Errors: as Detector::create.
  Status warm_up();

  Result<Checked> hide(const Sitter&, WorkOptions, const Client&, WorkTime&);
  // Nothing is hidden that the plan does not name where `exact` is said: a face that is found
  // besides is a finding.
  Result<Checked> apply(const RedactionPlan&, const Sitter&, const WorkOptions&, const Client&);
  // The same without looking again.
  Result<Applied> preview(const RedactionPlan&, const Sitter&, const WorkOptions&, const Client&);
  Result<RedactionPlan> plan(const Sitter&, WorkOptions, const Client&);
  Result<Detection> detect(const Sitter&, const WorkOptions&, const Client&, WorkTime&);

  // The voices of a sound file changed.
  Result<HiddenSound> hide_sound(BytesView, const VoiceChange&, const Client&);

  // Of films, which lie on disk. `stop_requested` of the options ends the wait and the work.
  Result<RedactionPlan> plan_film(const std::filesystem::path&, const WorkOptions&,
                                  const VideoOptions&);
  // The output has its name when all is done, also where looking again found something.
  Result<HiddenFilm> hide_film(const RedactionPlan&, const std::filesystem::path& film,
                               const std::filesystem::path& output, const WorkOptions&,
                               const VideoOptions&);

 private:
  Result<WorkGate::Turn> take_turn(const Client&);
  Result<Detector> first_look(const WorkOptions&, const Client&);
  // None where no faces are to be looked for again.
  Result<std::optional<Detector>> detector_again(const WorkOptions&, const Client&);
  // For a film; a person's word holds, else as hard as the first time, and at least balanced.
  Result<std::optional<Detector>> film_detector_again(const WorkOptions&, const Client&);

  DetectorStore detectors_;
  WorkGate gate_;
};

}  // namespace faceveil
