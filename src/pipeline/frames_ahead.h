// Decodes a film's pictures while the caller works on earlier ones.
#pragma once

#include <memory>
#include <optional>

#include "media/video.h"

namespace faceveil {

// The pictures of a film, in order, without its sound. A thread decodes a few of them ahead, and
// ends with this object.
class FramesAhead {
 public:
  explicit FramesAhead(VideoReader);
  ~FramesAhead();
  FramesAhead(const FramesAhead&) = delete;
  FramesAhead& operator=(const FramesAhead&) = delete;

  // As VideoReader::next, pictures only.
  Result<std::optional<VideoFrame>> next();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace faceveil
