// What both passes over a film share. Private to the pipeline.
#pragma once

#include "pipeline/video.h"

namespace faceveil {

VideoReadOptions read_options(const VideoOptions&, bool sound);

// That the plan is of this film. Errors: stale_plan, io.
Status check_film_source(const RedactionPlan&, const std::filesystem::path& input, const VideoInfo&,
                         const StopRequested&);
// The picture to lay over faces, where any track wants one at any time. Errors: as apply_plan.
Result<const Cover*> cover_for_film(const RedactionPlan&, const ApplyOptions&);
size_t tracks_to_hide(const RedactionPlan&);

// Counts pictures, tells how far a pass has come, and ends it where the person wants that.
class FrameCounter {
 public:
  FrameCounter(const VideoOptions& options, VideoStage stage, std::optional<int64_t> total)
      : options_(options), progress_{stage, 0, {}, total} {}

  // One more, at this time. Errors: cancelled.
  Status count(MediaTime);
  int64_t frames() const { return progress_.frames_done; }

 private:
  const VideoOptions& options_;
  VideoProgress progress_;
};

}  // namespace faceveil
