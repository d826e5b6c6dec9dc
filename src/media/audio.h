// Sound between rooms: a stretch of samples from one moment on.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/time.h"

namespace faceveil {

// Sample rates and channels that FaceVeil handles; readers refuse others.
inline constexpr int sample_rate_hz_min = 8'000, sample_rate_hz_max = 192'000;
inline constexpr int sound_channels_max = 8;

// How sound is laid out, the same from the first block of a stream to the last.
struct AudioLayout {
  int sample_rate_hz = 0;  // In [sample_rate_hz_min, sample_rate_hz_max].
  int channel_count = 0;   // In [1, sound_channels_max].
  bool operator==(const AudioLayout&) const = default;
};

// Owns its samples. Interleaved: the channels of moment 0, then those of moment 1, ...; full scale
// is [-1, 1], and a sample may lie beyond it (loud codecs), but is never infinite and never NaN.
struct AudioBlock {
  MediaTime time;  // Of the first moment.
  AudioLayout layout;
  std::vector<float> samples;  // moment_count() * channel_count.

  // Samples of one channel.
  int64_t moment_count() const {
    return layout.channel_count > 0 ? static_cast<int64_t>(samples.size()) / layout.channel_count
                                    : 0;
  }
};

}  // namespace faceveil
