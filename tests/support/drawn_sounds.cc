#include "tests/support/drawn_sounds.h"

#include <algorithm>
#include <cmath>
#include <complex>
#include <numbers>
#include <random>

namespace faceveil::test {
namespace {

constexpr double pi = std::numbers::pi;

AudioBlock silent_sound(AudioLayout layout, double seconds) {
  AudioBlock block;
  block.layout = layout;
  const auto moments = static_cast<size_t>(std::llround(seconds * layout.sample_rate_hz));
  block.samples.assign(moments * static_cast<size_t>(layout.channel_count), 0.0f);
  return block;
}

// Two poles: one resonance of 90 Hz width.
void resonate_at(std::vector<double>& signal, double hz, double rate_hz) {
  const double radius = std::exp(-pi * 90 / rate_hz);
  const double turn = 2 * radius * std::cos(2 * pi * hz / rate_hz);
  double one_ago = 0, two_ago = 0;
  for (double& sample : signal) {
    sample += turn * one_ago - radius * radius * two_ago;
    two_ago = one_ago;
    one_ago = sample;
  }
}

}  // namespace

AudioBlock vowel(AudioLayout layout, double seconds, double pitch_hz) {
  AudioBlock block = silent_sound(layout, seconds);
  std::vector<double> signal(static_cast<size_t>(block.moment_count()), 0.0);
  const double step = pitch_hz / layout.sample_rate_hz;
  for (size_t n = 0; n < signal.size(); ++n) {
    const double turns = static_cast<double>(n) * step;
    if (std::floor(turns) != std::floor(turns - step)) signal[n] = 1;
  }
  for (const double hz : vowel_formants_hz) resonate_at(signal, hz, layout.sample_rate_hz);
  double peak = 1e-9;
  for (const double sample : signal) peak = std::max(peak, std::abs(sample));
  const auto channels = static_cast<size_t>(layout.channel_count);
  for (size_t i = 0; i < block.samples.size(); ++i) {
    const double loudness = 0.5 / peak / static_cast<double>(i % channels + 1);
    block.samples[i] = static_cast<float>(signal[i / channels] * loudness);
  }
  return block;
}

AudioBlock noise_sound(AudioLayout layout, double seconds, uint32_t seed) {
  AudioBlock block = silent_sound(layout, seconds);
  std::mt19937 random(seed);
  for (float& sample : block.samples) {
    sample = static_cast<float>(static_cast<double>(random()) * 0x1p-32 - 0.5);
  }
  return block;
}

std::vector<double> channel_of(const AudioBlock& block, int channel) {
  std::vector<double> samples;
  for (size_t i = static_cast<size_t>(channel); i < block.samples.size();
       i += static_cast<size_t>(block.layout.channel_count)) {
    samples.push_back(static_cast<double>(block.samples[i]));
  }
  return samples;
}

double energy_at(const std::vector<double>& signal, double hz, double sample_rate_hz) {
  std::complex<double> sum = 0;
  const auto length = static_cast<double>(signal.size());
  for (size_t n = 0; n < signal.size(); ++n) {
    const double time = static_cast<double>(n);
    const double window = 0.5 - 0.5 * std::cos(2 * pi * time / length);
    sum += signal[n] * window * std::polar(1.0, -2 * pi * hz * time / sample_rate_hz);
  }
  return std::norm(sum) / length;
}

}  // namespace faceveil::test
