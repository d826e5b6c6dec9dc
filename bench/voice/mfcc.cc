#include "bench/voice/mfcc.h"

#include <algorithm>
#include <cmath>
#include <complex>
#include <numbers>

#include "bench/voice/fft.h"

namespace faceveil::bench {
namespace {

constexpr size_t frame = 400, step = 160, fft_size = 512, bands = 26;
constexpr double rate_hz = 16'000, pi = std::numbers::pi;
using Complex = std::complex<double>;

double mel(double hz) { return 1127 * std::log(1 + hz / 700); }

// Share of a spectrum's line in a triangular band between 60 and 7800 Hz.
double band_weight(size_t band, size_t line) {
  const double low = mel(60), width = (mel(7800) - low) / (bands + 1);
  const double place = (mel(static_cast<double>(line) * rate_hz / fft_size) - low) / width -
                       static_cast<double>(band);
  return std::max(0.0, 1 - std::abs(place - 1));
}

struct Frame {
  double energy = 0;
  std::array<double, cepstra> c{};
};

Frame analyse(const float* samples) {
  std::vector<Complex> x(fft_size, 0.0);
  Frame result;
  for (size_t n = 0; n < frame; ++n) {
    const double emphasised = samples[n] - (n > 0 ? 0.97 * samples[n - 1] : 0.0);
    result.energy += static_cast<double>(samples[n]) * samples[n];
    x[n] = emphasised * (0.54 - 0.46 * std::cos(2 * pi * static_cast<double>(n) / (frame - 1)));
  }
  fft(x);
  std::array<double, bands> levels{};
  static const std::vector<std::array<double, bands>> weights = [] {
    std::vector<std::array<double, bands>> table(fft_size / 2);
    for (size_t k = 0; k < table.size(); ++k) {
      for (size_t b = 0; b < bands; ++b) table[k][b] = band_weight(b, k);
    }
    return table;
  }();
  for (size_t k = 0; k < fft_size / 2; ++k) {
    for (size_t b = 0; b < bands; ++b) levels[b] += weights[k][b] * std::norm(x[k]);
  }
  for (size_t i = 0; i < cepstra; ++i) {
    for (size_t b = 0; b < bands; ++b) {
      result.c[i] += std::log(levels[b] + 1e-10) * std::cos(pi * static_cast<double>(i + 1) *
                                                            (static_cast<double>(b) + 0.5) / bands);
    }
  }
  return result;
}

}  // namespace

std::vector<Features> mfcc(const std::vector<float>& samples) {
  std::vector<Frame> frames;
  for (size_t at = 0; at + frame <= samples.size(); at += step) {
    frames.push_back(analyse(samples.data() + at));
  }
  double loudest = 0;
  for (const Frame& one : frames) loudest = std::max(loudest, one.energy);
  std::vector<Features> features;
  for (size_t t = 2; t + 2 < frames.size(); ++t) {
    if (frames[t].energy < loudest * 1e-3) continue;
    Features f{};
    for (size_t i = 0; i < cepstra; ++i) {
      f[i] = frames[t].c[i];
      f[cepstra + i] = (2 * (frames[t + 2].c[i] - frames[t - 2].c[i]) + frames[t + 1].c[i] -
                        frames[t - 1].c[i]) /
                       10;
    }
    features.push_back(f);
  }
  return features;
}

}  // namespace faceveil::bench
