// What a VideoReader is made of: the writer looks at it for the streams that it continues.
#pragma once

#include "media/video.h"
#include "media/video/frame_state.h"

namespace faceveil {

struct CloseInput {
  void operator()(AVFormatContext* format) const { avformat_close_input(&format); }
};

struct VideoReader::State {
  State() = default;
  ~State();
  State(const State&) = delete;
  State& operator=(const State&) = delete;

  int fd = -1;
  av::Io io;
  std::unique_ptr<AVFormatContext, CloseInput> format;
  av::Codec decoder;
  int video = -1, sound = -1;  // Indices of the streams; sound is -1 where none is wanted.
  VideoInfo info;
  av::Turn turn;
  Size stored;
  bool best_effort = false;

  bool draining = false, at_end = false;
  bool damage_pending = false;  // Belongs to the next picture that comes out.
  std::optional<int64_t> first_pts, last_pts;
  int64_t last_duration = 0;
  int64_t last_us = -1;
};

struct SoundPacket::State {
  av::Packet packet;
};

}  // namespace faceveil
