#include "bench/voice/stoi.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "bench/voice/fft.h"

namespace faceveil::bench {
namespace {

constexpr size_t frame = 410, step = 205, fft_size = 1024, bands = 15, stretch = 30;
constexpr double rate_hz = 16'000, lowest_band_hz = 150;
constexpr double silent_db = 40;   // Below the loudest frame of the clean sound.
constexpr double clipped_db = 15;  // No band counts as more than so much louder than it was.

using Bands = std::array<double, bands>;

double window(size_t i) {
  return 0.5 - 0.5 * std::cos(2 * std::numbers::pi * static_cast<double>(i + 1) / (frame + 1));
}

double energy_of(const std::vector<float>& sound, size_t from) {
  double energy = 0;
  for (size_t i = 0; i < frame; ++i) energy += std::pow(window(i) * double{sound[from + i]}, 2);
  return energy;
}

// Where the clean sound's frames begin that are not silent.
std::vector<size_t> speech_frames(const std::vector<float>& clean) {
  double loudest = 0;
  std::vector<double> energies;
  for (size_t from = 0; from + frame <= clean.size(); from += step) {
    energies.push_back(energy_of(clean, from));
    loudest = std::max(loudest, energies.back());
  }
  std::vector<size_t> frames;
  for (size_t i = 0; i < energies.size(); ++i) {
    if (energies[i] > loudest * std::pow(10, -silent_db / 10)) frames.push_back(i * step);
  }
  return frames;
}

// A third of an octave each: the line of the spectrum where a band begins.
size_t band_begin(size_t band) {
  const double hz = lowest_band_hz * std::pow(2, (static_cast<double>(band) - 0.5) / 3);
  return static_cast<size_t>(std::lround(hz * fft_size / rate_hz));
}

Bands loudness(const std::vector<float>& sound, size_t from) {
  std::vector<std::complex<double>> spectrum(fft_size, 0.0);
  for (size_t i = 0; i < frame; ++i) spectrum[i] = window(i) * double{sound[from + i]};
  fft(spectrum);
  Bands loud = {};
  for (size_t band = 0; band < bands; ++band) {
    for (size_t k = band_begin(band); k < band_begin(band + 1); ++k) {
      loud[band] += std::norm(spectrum[k]);
    }
    loud[band] = std::sqrt(loud[band]);
  }
  return loud;
}

using Envelope = std::array<double, stretch>;  // Of one band over a stretch.

double length_of(const Envelope& x) {
  double sum = 0;
  for (const double value : x) sum += value * value;
  return std::sqrt(sum);
}

void take_mean_away(Envelope& x) {
  double mean = 0;
  for (const double value : x) mean += value / stretch;
  for (double& value : x) value -= mean;
}

double correlation(Envelope x, Envelope y) {
  take_mean_away(x);
  take_mean_away(y);
  double product = 0;
  for (size_t i = 0; i < stretch; ++i) product += x[i] * y[i];
  const double lengths = length_of(x) * length_of(y);
  return lengths > 0 ? product / lengths : 0;
}

// Equations (3) to (5): as loud as the clean one, clipped, and compared.
double likeness(const Envelope& clean, Envelope changed) {
  const double changed_length = length_of(changed);
  const double gain = changed_length > 0 ? length_of(clean) / changed_length : 0;
  const double louder_max = 1 + std::pow(10, clipped_db / 20);
  for (size_t i = 0; i < stretch; ++i) {
    changed[i] = std::min(gain * changed[i], louder_max * clean[i]);
  }
  return correlation(clean, changed);
}

}  // namespace

double stoi(const std::vector<float>& clean, const std::vector<float>& changed) {
  std::vector<Bands> x, y;
  for (const size_t from : speech_frames(clean)) {
    x.push_back(loudness(clean, from));
    y.push_back(loudness(changed, from));
  }
  double sum = 0;
  size_t count = 0;
  for (size_t end = stretch; end <= x.size(); ++end) {
    for (size_t band = 0; band < bands; ++band, ++count) {
      Envelope before, after;
      for (size_t i = 0; i < stretch; ++i) {
        before[i] = x[end - stretch + i][band];
        after[i] = y[end - stretch + i][band];
      }
      sum += likeness(before, after);
    }
  }
  return count > 0 ? sum / static_cast<double>(count) : 0;
}

}  // namespace faceveil::bench
