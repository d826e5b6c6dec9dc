// One file to hide, and many. What the command line runs, and later the queue of the server.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/files.h"
#include "base/stop.h"
#include "pipeline/checked_film.h"
#include "pipeline/checked_hide.h"
#include "pipeline/sound.h"
#include "pipeline/video.h"

namespace faceveil {

struct HideJob {
  std::filesystem::path input;        // "-": standard input.
  std::filesystem::path output;       // "-": standard output. Its folder is made if need be.
  std::filesystem::path plan_out;     // Where to write the plan too; empty: nowhere.
  std::optional<RedactionPlan> plan;  // What to hide; absent: what the detector finds.
  Overwrite overwrite = Overwrite::refuse;
};

// What stood in the input beside its picture and is not in the output, kind by kind.
struct DroppedMetadata {
  MetadataKind kind = MetadataKind::unknown;
  size_t count = 0;
};

// What became of the voices of a sound file.
struct SoundResult {
  VoiceChange change;
  AudioFormat format = AudioFormat::wav;
  std::vector<std::string> dropped;  // As in HiddenSound.
};

// What became of one job. On failure nothing is under the output's name.
struct HideReport {
  HideJob job;
  std::optional<Error> error;  // Absent: done. Names the file.
  RedactionPlan plan;          // Of a job that is done.
  size_t hidden_count = 0;
  bool unchanged = false;               // As in Applied.
  std::vector<std::string_view> notes;  // As in Applied.
  StillFormat format = StillFormat::jpeg;
  std::optional<SoundResult> sound;  // Of a sound file; then there is no plan and no picture.
  std::optional<HiddenVideo> video;  // Of a film; the three above are then not set.
  std::optional<VideoVerification> film_look;  // Of a film; `verification` says it in short.
  std::string output_sha256;  // Of what was written, or would have been; empty unless asked for.
  double seconds = 0;

  Verification verification;
  bool withheld = false;  // Verify found something, so nothing was written.
  PixelFormat painted_in = PixelFormat::rgb8;
  std::vector<DroppedMetadata> dropped;  // In the order of the kinds; empty unless asked for.
  Bytes preview;  // Of the output, as JPEG; empty unless asked for and free of faces in sight.
};

struct HideSettings {
  const Detector* detector = nullptr;  // Borrowed; null: only boxes drawn by hand.
  PlanOptions plan;
  ApplyOptions apply;
  SecondLook second_look;        // At pictures.
  FilmLook film_look;            // At films.
  bool accept_findings = false;  // Write outputs in which verify found something too.
  bool certify = false;          // The report is wanted with digests and what was dropped.
  int preview_px = 0;            // Longer side of the reports' previews; 0: none are made.
  // What happens to voices; absent where nobody said: then a sound file is an error.
  std::optional<VoiceChange> voice;
  VideoOptions video;
  int thread_count = 1;
};

// Called after each job, one call at a time, from any thread, in order of completion.
using OnJobDone = std::function<void(const HideReport&, size_t done_count)>;

// Never fails as a whole: each report says how its job went.
HideReport run_hide_job(const HideJob&, const HideSettings&, const StopRequested&);

// Runs all, on `thread_count` threads; reports in the order of the jobs. The files written do not
// depend on the thread count.
std::vector<HideReport> run_hide_jobs(std::span<const HideJob>, const HideSettings&,
                                      const OnJobDone&, const StopRequested&);

}  // namespace faceveil
