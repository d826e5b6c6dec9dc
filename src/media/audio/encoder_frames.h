// Samples cut into the frames that an encoder takes, and into its own kind of samples.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "base/result.h"
#include "media/audio/libav.h"

namespace faceveil::libav {

// All borrowed.
struct EncoderFrames {
  const AVCodecContext& encoder;  // Open.
  SwrContext& from_float;         // From interleaved float samples of its rate and channels.
  size_t usual_moments;           // In a frame, where the encoder takes any number.
};

// Sends all whole frames of `pending` (interleaved) and takes them out of it; with `all` the last,
// shorter one too. Frames are told the place `next` of their first sample, which moves on. Errors:
// `failure` where no frame can be made; those of `send`.
Status send_frames(const EncoderFrames&, std::vector<float>& pending, int64_t& next, bool all,
                   const tl::unexpected<Error>& failure,
                   const std::function<Status(const AVFrame*)>& send);

}  // namespace faceveil::libav
