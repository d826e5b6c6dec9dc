#include "redact/voice/excitation.h"

#include <algorithm>
#include <cmath>

#include "redact/voice/frames.h"

namespace faceveil {
namespace {

double sample_at(std::span<const double> signal, double place, double cutoff,
                 const SincKernel& kernel) {
  const double reach = kernel.half_width() / cutoff;
  const auto first = std::max<int64_t>(0, static_cast<int64_t>(std::ceil(place - reach)));
  const auto last = std::min(static_cast<int64_t>(signal.size()) - 1,
                             static_cast<int64_t>(std::floor(place + reach)));
  double sum = 0;
  for (int64_t n = first; n <= last; ++n) {
    sum += signal[static_cast<size_t>(n)] * kernel.at(cutoff * (static_cast<double>(n) - place));
  }
  return cutoff * sum;
}

// A number in [0, 1) that looks random: the finaliser of SplitMix64 (Steele, Lea, Flood, 2014).
double scattered(uint64_t x) {
  x += 0x9e3779b97f4a7c15;
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9;
  x = (x ^ (x >> 27)) * 0x94d049bb133111eb;
  x ^= x >> 31;
  return static_cast<double>(x >> 11) * 0x1p-53;
}

// Uniform noise of power 1.
double noise(int64_t n, uint64_t seed) {
  return (2 * scattered(seed + static_cast<uint64_t>(n)) - 1) * std::sqrt(3.0);
}

}  // namespace

std::vector<double> read_at_speed(std::span<const double> residual, double centre, double ratio,
                                  int count_before, int count, const SincKernel& kernel) {
  const double cutoff = std::min(1.0, 1 / ratio);
  std::vector<double> read(static_cast<size_t>(count));
  for (int n = 0; n < count; ++n) {
    read[static_cast<size_t>(n)] =
        sample_at(residual, centre + ratio * (n - count_before), cutoff, kernel);
  }
  return read;
}

int best_shift(std::span<const double> wanted, std::span<const double> candidate, int shift_max) {
  int best = 0;
  double best_likeness = 0;
  for (int distance = 0; distance <= shift_max; ++distance) {
    for (const int shift : {distance, -distance}) {
      const double* const from = candidate.data() + shift_max + shift;
      double product = 0, energy = 0;
      for (size_t n = 0; n < wanted.size(); ++n) {
        product += wanted[n] * from[n];
        energy += from[n] * from[n];
      }
      const double likeness = energy > 0 ? product / std::sqrt(energy) : 0;
      if (likeness > best_likeness * (1 + 1e-9)) {
        best = shift;
        best_likeness = likeness;
      }
    }
  }
  return best;
}

double robot_excitation(int64_t n, bool voiced, double pitch_hz, uint64_t seed) {
  if (!voiced) return noise(n, seed);
  constexpr double noise_share = 0.25;  // Of the amplitude: pure pulses buzz.
  const double period = voice_rate_hz / pitch_hz;
  const double turns = static_cast<double>(n) / period;
  const bool pulse = std::floor(turns) != std::floor(turns - 1 / period);
  return (pulse ? std::sqrt(period) : 0) + noise_share * noise(n, seed);
}

}  // namespace faceveil
