#include "redact/voice/frame_changer.h"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/support/drawn_sounds.h"

namespace faceveil {
namespace {

std::vector<float> changed(const AudioBlock& sound, VoiceMode mode, const FrameChange& change) {
  FrameChanger changer(mode, 1, [] { return 0.3; });
  changer.force(change);
  std::vector<std::vector<float>> output(1);
  changer.push(std::vector<std::vector<float>>{sound.samples}, output);
  return output[0];
}

TEST(FrameWindow, OverlapsAddUpToOne) {
  for (int n = 0; n < hop_samples; ++n) {
    const auto at = static_cast<size_t>(n);
    EXPECT_NEAR(frame_window()[at] + frame_window()[at + hop_samples], 1, 1e-15);
  }
}

TEST(FrameChanger, AChangeByNothingGivesBackTheSound) {
  for (const AudioBlock& sound :
       {test::vowel({16'000, 1}, 0.5, 130), test::noise_sound({16'000, 1}, 0.5, 9)}) {
    const std::vector<float> output = changed(sound, VoiceMode::disguise, FrameChange{});
    ASSERT_GT(output.size(), 6000u);
    for (size_t n = 0; n < output.size(); ++n) ASSERT_NEAR(output[n], sound.samples[n], 1e-5) << n;
  }
}

// The pitch itself, and not the resonances, is what a ratio changes.
TEST(FrameChanger, PitchRatioMovesThePitch) {
  const AudioBlock sound = test::vowel({16'000, 1}, 1, 140);
  for (const double ratio : {0.75, 1.3}) {
    const std::vector<float> output = changed(sound, VoiceMode::disguise, {1, ratio, true});
    const std::vector<double> middle(output.begin() + 6000, output.begin() + 6512);
    EXPECT_NEAR(find_pitch(middle, 16'000).hz, 140 * ratio, 5);
  }
}

double loudest_hz(const std::vector<float>& sound, double from_hz, double to_hz) {
  const std::vector<double> middle(sound.begin() + 4000, sound.begin() + 12'000);
  double best = 0, best_energy = 0;
  for (double hz = from_hz; hz < to_hz; hz += 10) {
    const double energy = test::energy_at(middle, hz, 16'000);
    if (energy > best_energy) best = hz, best_energy = energy;
  }
  return best;
}

TEST(FrameChanger, AlphaMovesTheFormants) {
  // Of 730 Hz, 0.287 rad: 0.287^0.8 rad is 938 Hz.
  const AudioBlock sound = test::vowel({16'000, 1}, 1, 70);
  EXPECT_NEAR(loudest_hz(sound.samples, 400, 900), 730, 60);
  const std::vector<float> output = changed(sound, VoiceMode::disguise, {0.8, 1, true});
  EXPECT_NEAR(loudest_hz(output, 500, 1150), 938, 90);
}

TEST(FrameChanger, TheRobotHasOnePitchForAll) {
  // Pitch is 100 + 40 * 0.3 Hz for these draws, whoever speaks.
  for (const double hz : {90.0, 200.0, 310.0}) {
    const std::vector<float> output =
        changed(test::vowel({16'000, 1}, 1, hz), VoiceMode::robot, {0.9, 1, true});
    const std::vector<double> middle(output.begin() + 6000, output.begin() + 6512);
    EXPECT_NEAR(find_pitch(middle, 16'000).hz, 112, 3);
  }
}

}  // namespace
}  // namespace faceveil
