// Film in, film out, in two passes by way of a RedactionPlan: the first finds faces and follows
// them, the second decodes again, hides and encodes. docs/video.md says what is kept and what is
// dropped.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "media/video.h"
#include "pipeline/pipeline.h"
#include "plan/voice_change.h"

namespace faceveil {

// `check`: looks for damage; `look_again`: for faces in what was written.
enum class VideoStage : uint8_t { find, check, hide, look_again };

struct VideoProgress {
  VideoStage stage = VideoStage::find;
  int64_t frames_done = 0;
  MediaTime time;                       // Of the last of them.
  std::optional<int64_t> frames_total;  // As the container says, in the second pass as counted.
};
using OnVideoProgress = std::function<void(const VideoProgress&)>;

struct VideoOptions {
  VideoWriteOptions write;
  std::optional<VoiceChange> voice;  // Of the sound; absent: as the plan says.
  // Whole groups of pictures without a region are copied as they are coded where that can be done.
  bool copy_clean = false;
  // As in TrackerOptions. Absent: as tracker_options_for() says.
  std::optional<int> detect_every;
  bool harder_look = true;               // Where the search has a harder one (detect/observer.h).
  bool best_effort = false;              // Damage covers pictures whole rather than ends the work.
  OnVideoProgress on_progress;           // May be empty.
  std::function<bool()> stop_requested;  // Asked at every picture; may be empty.
};

struct HiddenVideo {
  Size size;
  int64_t frames = 0;
  int64_t frames_hidden_in = 0;         // With at least one region.
  int64_t frames_copied = 0;            // As they were coded.
  int64_t frames_covered = 0;           // Black: damaged, or of a group of pictures that is.
  size_t track_count = 0;               // Tracks to hide.
  bool sound_kept = false;              // There is sound in the output, changed or not.
  VoiceChange voice;                    // What was done to the sound.
  std::vector<std::string> dropped;     // Streams that the output has not.
  std::vector<std::string_view> notes;  // As in Applied.
};

// Looks, and says what would be hidden. `detector` may be null: then only boxes drawn by hand,
// which hold for the whole film. Errors: as VideoReader and Detector::detect; cancelled.
Result<RedactionPlan> make_video_plan(const std::filesystem::path& input, const Detector* detector,
                                      const PlanOptions&, const VideoOptions&);

// Whether hiding in `input` gives a film under this output's name, or an animation: an animated GIF
// or WebP stays one, or becomes the other, where the name does not ask for a film or another kind
// of picture. Otherwise a still is made of it.
bool is_film_work(const std::filesystem::path& input, const std::filesystem::path& output);

// A hidden film that is whole and has no name yet. Nothing is left of it where it gets none.
struct UnnamedFilm {
  HiddenVideo hidden;
  OutputFile file;
};
// Hides what the plan says, up to the naming. An animation that stays one keeps its colours, times,
// number of plays and transparency. Errors: as apply_video_plan.
Result<UnnamedFilm> write_hidden_film(const RedactionPlan&, const std::filesystem::path& input,
                                      const std::filesystem::path& output, Overwrite,
                                      const ApplyOptions&, const VideoOptions&);

// Hides what the plan says. The output appears when all of it is written. Errors: stale_plan; as
// VideoReader, VideoWriter, paint; cancelled.
Result<HiddenVideo> apply_video_plan(const RedactionPlan&, const std::filesystem::path& input,
                                     const std::filesystem::path& output, Overwrite,
                                     const ApplyOptions&, const VideoOptions&);

}  // namespace faceveil
