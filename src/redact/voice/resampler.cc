#include "redact/voice/resampler.h"

#include <algorithm>
#include <cmath>

namespace faceveil {
namespace {

constexpr int half_width = 24;
// Room for the filter's slope below the lower of the two Nyquist frequencies.
constexpr double passband = 0.94;

double cutoff_for(int input_rate_hz, int output_rate_hz) {
  if (input_rate_hz == output_rate_hz) return 1;
  return passband * std::min(1.0, static_cast<double>(output_rate_hz) / input_rate_hz);
}

}  // namespace

Resampler::Resampler(int input_rate_hz, int output_rate_hz)
    : input_rate_hz_(input_rate_hz),
      output_rate_hz_(output_rate_hz),
      cutoff_(cutoff_for(input_rate_hz, output_rate_hz)),
      kernel_(half_width),
      reach_(static_cast<int64_t>(std::ceil(half_width / cutoff_))),
      pending_(static_cast<size_t>(reach_), 0.0f),  // Silence before the start.
      origin_(-reach_) {}

float Resampler::sample_at(int64_t whole, double fraction) const {
  double sum = 0;
  for (int64_t n = whole - reach_ + 1; n <= whole + reach_; ++n) {
    const double distance = static_cast<double>(n - whole) - fraction;
    sum += static_cast<double>(pending_[static_cast<size_t>(n - origin_)]) *
           kernel_.at(cutoff_ * distance);
  }
  return static_cast<float>(cutoff_ * sum);
}

void Resampler::push(std::span<const float> input, std::vector<float>& output) {
  pending_.insert(pending_.end(), input.begin(), input.end());
  const int64_t end = origin_ + static_cast<int64_t>(pending_.size());
  int64_t whole = next_ * input_rate_hz_ / output_rate_hz_;
  while (whole + reach_ < end) {
    const int64_t rest = next_ * input_rate_hz_ % output_rate_hz_;
    output.push_back(
        sample_at(whole, static_cast<double>(rest) / static_cast<double>(output_rate_hz_)));
    ++next_;
    whole = next_ * input_rate_hz_ / output_rate_hz_;
  }
  const int64_t done = std::min(whole - reach_, end) - origin_;
  if (done <= 0) return;
  pending_.erase(pending_.begin(), pending_.begin() + done);
  origin_ += done;
}

}  // namespace faceveil
