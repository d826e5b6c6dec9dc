#include "redact/voice/silencer.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace faceveil {
namespace {

constexpr double tone_hz = 1000, tone_amplitude = 0.2;

// Floor of microseconds in samples. Spans may end at the end of all time: a century is enough.
int64_t moments_of(int64_t microseconds, int rate_hz) {
  constexpr int64_t century = int64_t{100} * 366 * 86'400 * 1'000'000;
  const int64_t clamped = std::clamp(microseconds, -century, century);
  const int64_t seconds = clamped / 1'000'000 - (clamped % 1'000'000 < 0 ? 1 : 0);
  const int64_t rest = clamped - seconds * 1'000'000;
  return seconds * rate_hz + rest * rate_hz / 1'000'000;
}

}  // namespace

Silencer::Silencer(const std::vector<SilencedSpan>& spans, AudioLayout layout, MediaTime start)
    : layout_(layout), fade_moments_(std::max(1, layout.sample_rate_hz / 200)) {
  for (const SilencedSpan& span : spans) {
    const int64_t from = span.from.microseconds - start.microseconds;
    const int64_t to = span.to.microseconds - start.microseconds;
    spans_.push_back({moments_of(from, layout.sample_rate_hz),
                      -moments_of(-to, layout.sample_rate_hz), span.bleep});
  }
}

float Silencer::gain_at(int64_t moment) const {
  float gain = 1;
  for (const Moments& span : spans_) {
    const int64_t distance = std::max(span.from - moment, moment - span.to + 1);
    const auto share = static_cast<float>(distance) / static_cast<float>(fade_moments_);
    gain = std::min(gain, std::clamp(share, 0.0f, 1.0f));
  }
  return gain;
}

// A mute span inside a bleep stays mute.
float Silencer::tone_at(int64_t moment) const {
  double share = 0;
  for (const Moments& span : spans_) {
    if (moment < span.from || moment >= span.to) continue;
    if (!span.bleep) return 0;
    const auto inside = static_cast<double>(std::min(moment - span.from, span.to - 1 - moment));
    share = std::max(share, std::min(1.0, inside / static_cast<double>(fade_moments_)));
  }
  if (share == 0) return 0;
  const double angle =
      2 * std::numbers::pi * tone_hz * static_cast<double>(moment) / layout_.sample_rate_hz;
  return static_cast<float>(tone_amplitude * share * std::sin(angle));
}

void Silencer::silence(std::span<float> interleaved, int64_t first_moment) const {
  if (spans_.empty()) return;
  const auto channels = static_cast<size_t>(layout_.channel_count);
  for (size_t n = 0; n < interleaved.size() / channels; ++n) {
    const float gain = gain_at(first_moment + static_cast<int64_t>(n));
    if (gain == 1) continue;
    for (size_t c = 0; c < channels; ++c) interleaved[n * channels + c] *= gain;
  }
}

void Silencer::bleep(std::span<float> interleaved, int64_t first_moment) const {
  if (spans_.empty()) return;
  const auto channels = static_cast<size_t>(layout_.channel_count);
  for (size_t n = 0; n < interleaved.size() / channels; ++n) {
    const float tone = tone_at(first_moment + static_cast<int64_t>(n));
    if (tone == 0) continue;
    for (size_t c = 0; c < channels; ++c) interleaved[n * channels + c] += tone;
  }
}

}  // namespace faceveil
