// Silences spans of a sound, to the sample.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "media/audio.h"
#include "plan/voice_change.h"

namespace faceveil {

class Silencer {
 public:
  // Spans are counted on the media's clock, on which the sound's first sample stands at `start`.
  Silencer(const std::vector<SilencedSpan>& spans, AudioLayout layout, MediaTime start);

  // Every sample that any span touches becomes zero, and the sound fades within 5 ms before and
  // after. `first_moment` is the number of the block's first moment in the sound.
  void silence(std::span<float> interleaved, int64_t first_moment) const;
  // Adds the tone of bleep spans, which fades in and out within them.
  void bleep(std::span<float> interleaved, int64_t first_moment) const;

 private:
  struct Moments {
    int64_t from, to;  // Half open.
    bool bleep;
  };
  float gain_at(int64_t moment) const;
  float tone_at(int64_t moment) const;

  AudioLayout layout_;
  int64_t fade_moments_;
  std::vector<Moments> spans_;
};

}  // namespace faceveil
