#include "redact/voice/resampler.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "tests/support/drawn_sounds.h"

namespace faceveil {
namespace {

std::vector<float> tone(double hz, int rate_hz, size_t count) {
  std::vector<float> samples(count);
  for (size_t n = 0; n < count; ++n) {
    samples[n] =
        static_cast<float>(std::sin(2 * std::numbers::pi * hz * static_cast<double>(n) / rate_hz));
  }
  return samples;
}

TEST(Resampler, SameRateGivesTheSameSamples) {
  const AudioBlock noise = test::noise_sound({16'000, 1}, 0.1, 2);
  std::vector<float> output;
  Resampler(16'000, 16'000).push(noise.samples, output);
  ASSERT_GT(output.size(), 1500u);
  for (size_t n = 0; n < output.size(); ++n) EXPECT_EQ(output[n], noise.samples[n]);
}

// The definition: a tone sampled at the other rate, at the same moments.
TEST(Resampler, TonesKeepTheirPlaceAtAnyRates) {
  for (const auto& [from_hz, to_hz] : {std::pair{44'100, 16'000},
                                       {16'000, 44'100},
                                       {8'000, 16'000},
                                       {192'000, 16'000},
                                       {16'000, 11'025},
                                       {47'999, 16'000}}) {
    std::vector<float> output;
    Resampler(from_hz, to_hz).push(tone(1000, from_hz, static_cast<size_t>(from_hz) / 4), output);
    const std::vector<float> wanted = tone(1000, to_hz, output.size());
    ASSERT_GT(output.size(), static_cast<size_t>(to_hz) / 5);
    // The start of the tone is an edge, which rings.
    for (size_t n = static_cast<size_t>(to_hz) / 50; n < output.size(); ++n) {
      ASSERT_NEAR(output[n], wanted[n], 2e-3) << from_hz << " to " << to_hz << ", " << n;
    }
  }
}

TEST(Resampler, WhatTheLowerRateCannotHoldIsGone) {
  std::vector<float> output;
  Resampler(48'000, 16'000).push(tone(10'000, 48'000, 24'000), output);
  for (size_t n = 400; n < output.size(); ++n) ASSERT_NEAR(output[n], 0, 1e-3);
}

TEST(Resampler, PiecesGiveWhatTheWholeGives) {
  const AudioBlock noise = test::noise_sound({44'100, 1}, 0.2, 4);
  std::vector<float> whole, pieces;
  Resampler(44'100, 16'000).push(noise.samples, whole);
  Resampler cut(44'100, 16'000);
  for (size_t at = 0, length = 1; at < noise.samples.size();
       at += length, length = length % 97 + 1) {
    length = std::min(length, noise.samples.size() - at);
    cut.push(std::span(noise.samples).subspan(at, length), pieces);
  }
  EXPECT_EQ(whole, pieces);
}

}  // namespace
}  // namespace faceveil
