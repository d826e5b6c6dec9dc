#include "media/audio/encoder_frames.h"

#include <algorithm>

namespace faceveil::libav {
namespace {

// Null where it cannot be made.
Frame frame_of(const EncoderFrames& to, const float* samples, size_t moments) {
  Frame frame(av_frame_alloc());
  if (!frame) return nullptr;
  frame->format = to.encoder.sample_fmt;
  frame->sample_rate = to.encoder.sample_rate;
  frame->nb_samples = static_cast<int>(moments);
  if (av_channel_layout_copy(&frame->ch_layout, &to.encoder.ch_layout) < 0 ||
      av_frame_get_buffer(frame.get(), 0) < 0) {
    return nullptr;
  }
  const auto* from = reinterpret_cast<const uint8_t*>(samples);
  const int got = swr_convert(&to.from_float, frame->extended_data, frame->nb_samples, &from,
                              frame->nb_samples);
  return got == frame->nb_samples ? std::move(frame) : nullptr;
}

}  // namespace

Status send_frames(const EncoderFrames& to, std::vector<float>& pending, int64_t& next, bool all,
                   const tl::unexpected<Error>& failure,
                   const std::function<Status(const AVFrame*)>& send) {
  const auto channels = static_cast<size_t>(to.encoder.ch_layout.nb_channels);
  const size_t frame_moments =
      to.encoder.frame_size > 0 ? static_cast<size_t>(to.encoder.frame_size) : to.usual_moments;
  const size_t waiting = pending.size() / channels;
  size_t done = 0;
  while (waiting - done >= frame_moments || (all && waiting > done)) {
    const size_t count = std::min(frame_moments, waiting - done);
    const Frame frame = frame_of(to, pending.data() + done * channels, count);
    if (!frame) return failure;
    frame->pts = next;
    next += frame->nb_samples;
    TRY(send(frame.get()));
    done += count;
  }
  pending.erase(pending.begin(), pending.begin() + static_cast<ptrdiff_t>(done * channels));
  return {};
}

}  // namespace faceveil::libav
