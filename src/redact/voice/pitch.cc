#include "redact/voice/pitch.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace faceveil {
namespace {

// Below this likeness of neighbouring periods a frame counts as noise.
constexpr double voiced_strength_min = 0.5;
// A shorter period wins over a longer one that is only this much better: twice a period fits as
// well as the period itself.
constexpr double octave_advantage = 0.9;

// Likeness of the frame to itself `lag` later: 1 where it repeats exactly.
double likeness(std::span<const double> frame, size_t lag) {
  double product = 0, first = 0, second = 0;
  for (size_t n = lag; n < frame.size(); ++n) {
    product += frame[n] * frame[n - lag];
    first += frame[n - lag] * frame[n - lag];
    second += frame[n] * frame[n];
  }
  const double energy = std::sqrt(first * second);
  return energy > 0 ? product / energy : 0;
}

// Where the parabola through three neighbours has its top, in [-0.5, 0.5].
double peak_offset(double left, double middle, double right) {
  const double bend = left - 2 * middle + right;
  return bend < 0 ? std::clamp(0.5 * (left - right) / bend, -0.5, 0.5) : 0;
}

}  // namespace

Pitch find_pitch(std::span<const double> frame, double sample_rate_hz) {
  const auto shortest = static_cast<size_t>(sample_rate_hz / pitch_hz_max);
  const auto longest =
      std::min(static_cast<size_t>(std::ceil(sample_rate_hz / pitch_hz_min)), frame.size() * 2 / 3);
  if (shortest < 2 || longest <= shortest + 2) return {};
  std::vector<double> likenesses(longest + 2, 0.0);
  double best = 0;
  for (size_t lag = shortest - 1; lag <= longest + 1; ++lag) {
    likenesses[lag] = likeness(frame, lag);
    if (lag >= shortest && lag <= longest) best = std::max(best, likenesses[lag]);
  }
  if (best < voiced_strength_min) return {0, std::max(best, 0.0)};
  for (size_t lag = shortest; lag <= longest; ++lag) {
    const double here = likenesses[lag];
    const bool is_peak = here >= likenesses[lag - 1] && here >= likenesses[lag + 1];
    if (!is_peak || here < octave_advantage * best) continue;
    const double period =
        static_cast<double>(lag) + peak_offset(likenesses[lag - 1], here, likenesses[lag + 1]);
    return {std::clamp(sample_rate_hz / period, pitch_hz_min, pitch_hz_max), std::min(here, 1.0)};
  }
  return {0, best};
}

}  // namespace faceveil
