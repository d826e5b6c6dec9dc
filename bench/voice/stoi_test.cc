#include "bench/voice/stoi.h"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/support/drawn_sounds.h"

namespace faceveil::bench {
namespace {

constexpr AudioLayout mono = {16'000, 1};

// A vowel that comes and goes four times a second, as syllables do.
std::vector<float> speech() {
  std::vector<float> samples = test::vowel(mono, 1, 120).samples;
  for (size_t i = 0; i < samples.size(); ++i) {
    const double share = 0.5 - 0.5 * std::cos(static_cast<double>(i) * 4 * 6.2832 / 16'000);
    samples[i] *= static_cast<float>(0.02 + 0.98 * share);
  }
  return samples;
}

std::vector<float> with_noise(std::vector<float> samples, float gain) {
  const AudioBlock noise = test::noise_sound(mono, 1, 7);
  for (size_t i = 0; i < samples.size(); ++i) samples[i] += gain * noise.samples[i];
  return samples;
}

TEST(Stoi, OfTheSameSoundIsOne) { EXPECT_NEAR(stoi(speech(), speech()), 1, 1e-9); }

TEST(Stoi, LoudnessDoesNotCount) {
  std::vector<float> louder = speech();
  for (float& sample : louder) sample *= 0.3f;
  EXPECT_NEAR(stoi(speech(), louder), 1, 1e-6);
}

TEST(Stoi, MoreNoiseIsLess) {
  double before = 1;
  for (const float gain : {0.001f, 0.01f, 0.1f, 1.0f, 10.0f}) {
    const double now = stoi(speech(), with_noise(speech(), gain));
    EXPECT_LT(now, before) << gain;
    before = now;
  }
  EXPECT_LT(before, 0.45);
}

TEST(Stoi, NoiseAloneIsFarFromOne) {
  EXPECT_LT(stoi(speech(), test::noise_sound(mono, 1, 8).samples), 0.45);
}

TEST(Stoi, SoundShorterThanAStretchHasNone) {
  const std::vector<float> little(2000, 0.1f);
  EXPECT_EQ(stoi(little, little), 0);
}

}  // namespace
}  // namespace faceveil::bench
