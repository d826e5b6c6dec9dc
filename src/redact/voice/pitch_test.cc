#include "redact/voice/pitch.h"

#include <gtest/gtest.h>

#include "tests/support/drawn_sounds.h"

namespace faceveil {
namespace {

TEST(Pitch, OfVowelsIsFoundWithinTwoPercent) {
  for (const double hz : {90.0, 110.0, 150.0, 220.0, 333.0}) {
    const std::vector<double> sound = test::channel_of(test::vowel({16'000, 1}, 0.2, hz), 0);
    const Pitch pitch = find_pitch(std::span(sound).subspan(1600, 512), 16'000);
    EXPECT_NEAR(pitch.hz, hz, 0.02 * hz);
    EXPECT_GT(pitch.strength, 0.8);
  }
}

TEST(Pitch, NoiseAndSilenceHaveNone) {
  const std::vector<double> noise = test::channel_of(test::noise_sound({16'000, 1}, 0.1, 1), 0);
  EXPECT_FALSE(find_pitch(std::span(noise).first(512), 16'000).voiced());
  EXPECT_FALSE(find_pitch(std::vector<double>(512, 0.0), 16'000).voiced());
  EXPECT_FALSE(find_pitch(std::vector<double>(3, 1.0), 16'000).voiced());
}

}  // namespace
}  // namespace faceveil
