// What a VideoReader is made of: the writer looks at it for the streams that it continues.
#pragma once

#include "media/animation.h"
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
  av::Complaints complaints = 0;  // Of the decoder, since they were last looked at.
  std::unique_ptr<AVFormatContext, CloseInput> format;
  std::optional<AnimationReader> animation;  // In place of all that libavformat has.
  av::Codec decoder;
  int video = -1, sound = -1;  // Indices of the streams; sound is -1 where none is wanted.
  VideoInfo info;
  AVRational time_base = {0, 1}, frame_rate = {0, 1};  // 0: the file does not say.
  av::Turn turn;
  Size stored;
  bool best_effort = false;

  bool draining = false, at_end = false;
  // From a damage on no picture is believed, until a whole key picture comes out whose packet was
  // sent behind the damaged one. Packets are numbered from 1 as they go to the decoder.
  bool trusts = false;
  int64_t packets_sent = 0, damaged_packet = 0;
  std::optional<int64_t> first_pts, last_pts, next_dts;
  int64_t last_duration = 0;
  int64_t last_us = -1;
};

struct SoundPacket::State {
  av::Packet packet;
};

}  // namespace faceveil
