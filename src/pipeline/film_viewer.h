// Single pictures of a film, for a person who reviews its plan.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <vector>

#include "media/image.h"
#include "media/video.h"
#include "pipeline/pipeline.h"

namespace faceveil {

// The number of the picture that is seen at `time`: the last that is not later. `times` of all
// pictures, in order, at least one.
size_t picture_at(const std::vector<MediaTime>& times, MediaTime time);

// For one thread at a time. Going forward a little is cheap; elsewhere it costs the way from the
// key picture before.
class FilmViewer {
 public:
  // `times` of all pictures, as make_video_plan() tells them in its progress.
  FilmViewer(std::filesystem::path film, std::shared_ptr<const std::vector<MediaTime>> times);

  // Errors: as VideoReader; io where the film has no longer these pictures.
  Result<VideoFrame> picture(size_t number);

 private:
  Result<std::optional<VideoFrame>> next();
  Result<std::optional<VideoFrame>> after_seeking(size_t number);
  Result<VideoFrame> from_beginning(size_t number);

  const std::filesystem::path film_;
  const std::shared_ptr<const std::vector<MediaTime>> times_;
  std::optional<VideoReader> reader_;
  size_t next_number_ = 0;  // Of the picture that next() gives, while reader_ is there.
};

// The picture as the output shows it before it is encoded: painted by the same code. Errors: as
// paint_video.
Result<Image> hidden_picture(VideoFrame, const RedactionPlan&, const ApplyOptions&);

// The face of a track in the middle of its time, with its surroundings, at most `side_px` large,
// hidden whatever the plan's decisions are. `at` is that moment's picture. Errors: as there.
Result<Image> hidden_face(VideoFrame at, const RedactionPlan&, const Track&, int side_px);

// The middle of a track's time.
MediaTime middle_of(const Track&);

}  // namespace faceveil
