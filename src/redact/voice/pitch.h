// The pitch of a frame, by normalised autocorrelation.
#pragma once

#include <span>

namespace faceveil {

inline constexpr double pitch_hz_min = 60, pitch_hz_max = 400;

struct Pitch {
  double hz = 0;        // In [pitch_hz_min, pitch_hz_max]; 0 where the frame has none.
  double strength = 0;  // How much a period resembles the next, in [0, 1].
  bool voiced() const { return hz > 0; }
};

// At least two periods of the lowest pitch must fit for low voices to be found; shorter frames
// find only the higher ones.
Pitch find_pitch(std::span<const double> frame, double sample_rate_hz);

}  // namespace faceveil
