// Decodes a film while the caller works on what came earlier.
#pragma once

#include <memory>
#include <optional>

#include "media/video.h"

namespace faceveil {

// Pictures and sound of a film, in the order in which its reader has them. A thread decodes a few
// of them ahead, and ends with this object.
class UnitsAhead {
 public:
  explicit UnitsAhead(VideoReader);
  ~UnitsAhead();
  UnitsAhead(const UnitsAhead&) = delete;
  UnitsAhead& operator=(const UnitsAhead&) = delete;

  // As VideoReader::next.
  Result<std::optional<VideoUnit>> next();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// Its pictures only.
class FramesAhead {
 public:
  explicit FramesAhead(VideoReader reader) : units_(std::move(reader)) {}

  // As VideoReader::next.
  Result<std::optional<VideoFrame>> next();

 private:
  UnitsAhead units_;
};

}  // namespace faceveil
