// What both passes over a film share. Private to the pipeline.
#pragma once

#include "pipeline/video.h"

namespace faceveil {

VideoReadOptions read_options(const VideoOptions&, bool sound);

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
