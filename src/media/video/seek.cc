// Going to a place in a film, for looking at single pictures.

#include "media/video/reader_state.h"

namespace faceveil {

Status VideoReader::seek(MediaTime time) {
  State& state = *state_;
  const tl::unexpected<Error> cannot =
      fail(Error::Kind::unsupported, "This film can only be read from its beginning on.");
  if (!state.first_pts) return cannot;
  const AVRational base = state.format->streams[state.video]->time_base;
  const int64_t behind_first = av_rescale_q(time.microseconds, AVRational{1, 1'000'000}, base);
  if (!av::is_sane_time(behind_first, base)) return cannot;
  const int64_t pts = *state.first_pts + behind_first;
  const int error = avformat_seek_file(state.format.get(), state.video, INT64_MIN, pts, pts, 0);
  if (error < 0) return cannot;
  avcodec_flush_buffers(state.decoder.get());
  state.complaints = 0;
  state.draining = state.at_end = false;
  state.last_pts.reset();
  state.next_dts.reset();
  state.last_us = -1;
  return {};
}

}  // namespace faceveil
