#include "redact/voice.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>
#include <tuple>

#include "tests/support/drawn_sounds.h"

namespace faceveil {
namespace {

Draws seeded_draws(uint32_t seed) {
  return [random = std::make_shared<std::mt19937>(seed)] {
    return static_cast<double>((*random)()) * 0x1p-32;
  };
}

VoiceChange mode(VoiceMode wanted) {
  VoiceChange change;
  change.mode = wanted;
  return change;
}

AudioBlock changed(const AudioBlock& sound, const VoiceChange& change, size_t piece_moments,
                   uint32_t seed = 1) {
  VoiceChanger changer(change, sound.layout, seeded_draws(seed));
  const size_t piece = piece_moments * static_cast<size_t>(sound.layout.channel_count);
  AudioBlock whole{sound.time, sound.layout, {}};
  const auto append = [&](const AudioBlock& block) {
    whole.samples.insert(whole.samples.end(), block.samples.begin(), block.samples.end());
  };
  for (size_t at = 0; at < sound.samples.size(); at += piece) {
    const size_t count = std::min(piece, sound.samples.size() - at);
    AudioBlock block{sound.time, sound.layout, {}};
    block.samples.assign(sound.samples.begin() + static_cast<ptrdiff_t>(at),
                         sound.samples.begin() + static_cast<ptrdiff_t>(at + count));
    append(changer.process(block));
  }
  append(changer.finish());
  return whole;
}

class EveryLayout : public testing::TestWithParam<std::tuple<VoiceMode, int, int>> {};

TEST_P(EveryLayout, LengthIsExactAndCutsDoNotMatter) {
  const auto [voice, rate_hz, channels] = GetParam();
  for (const double seconds : {0.0, 1.0 / 8000, 0.0307, 0.3331}) {
    const AudioBlock sound = test::vowel({rate_hz, channels}, seconds, 120);
    const AudioBlock once = changed(sound, mode(voice), 1u << 20);
    ASSERT_EQ(once.samples.size(), sound.samples.size()) << seconds;
    EXPECT_EQ(once.samples, changed(sound, mode(voice), 777).samples) << seconds;
    for (const float sample : once.samples) ASSERT_LT(std::abs(sample), 4);
  }
}

INSTANTIATE_TEST_SUITE_P(Voice, EveryLayout,
                         testing::Combine(testing::Values(VoiceMode::keep, VoiceMode::mute,
                                                          VoiceMode::disguise, VoiceMode::robot),
                                          testing::Values(8'000, 11'025, 16'000, 44'100, 48'000,
                                                          192'000),
                                          testing::Values(1, 2, 6)));

TEST(Voice, DisguiseChangesTheSoundAndADrawDecidesHow) {
  const AudioBlock sound = test::vowel({16'000, 1}, 0.5, 120);
  const AudioBlock first = changed(sound, mode(VoiceMode::disguise), 4000, 1);
  EXPECT_NE(first.samples, sound.samples);
  EXPECT_NE(first.samples, changed(sound, mode(VoiceMode::disguise), 4000, 2).samples);
}

TEST(Voice, SystemDrawsDiffer) {
  const Draws draws = system_draws();
  const double first = draws();
  EXPECT_TRUE(first >= 0 && first < 1);
  EXPECT_NE(first, draws());
}

TEST(Voice, KeepIsBitExactAndMuteIsNothing) {
  const AudioBlock sound = test::noise_sound({44'100, 2}, 0.3, 5);
  EXPECT_EQ(changed(sound, mode(VoiceMode::keep), 1000).samples, sound.samples);
  for (const float sample : changed(sound, mode(VoiceMode::mute), 1000).samples) {
    ASSERT_EQ(sample, 0);
  }
}

TEST(Voice, SilenceStaysSilence) {
  AudioBlock silence{{}, {48'000, 2}, std::vector<float>(48'000, 0.0f)};
  for (const VoiceMode voice : {VoiceMode::disguise, VoiceMode::robot}) {
    EXPECT_EQ(changed(silence, mode(voice), 1000).samples, silence.samples);
  }
}

TEST(Voice, OppositeChannelsAreNotLost) {
  AudioBlock sound = test::vowel({16'000, 2}, 0.5, 120);
  for (size_t i = 0; i < sound.samples.size(); i += 2) sound.samples[i + 1] = -sound.samples[i];
  const AudioBlock output = changed(sound, mode(VoiceMode::disguise), 1000);
  for (size_t i = 0; i < output.samples.size(); i += 2) {
    ASSERT_NEAR(output.samples[i], -output.samples[i + 1], 1e-5);
  }
}

TEST(Voice, HostileSamplesAreTakenForSilence) {
  AudioBlock sound = test::vowel({16'000, 1}, 0.5, 120);
  sound.samples[100] = NAN;
  sound.samples[3000] = INFINITY;
  sound.samples[5000] = 1e30f;
  for (const float sample : changed(sound, mode(VoiceMode::disguise), 1000).samples) {
    ASSERT_TRUE(std::isfinite(sample));
  }
}

double largest_bend(const std::vector<double>& signal) {
  double largest = 0;
  for (size_t n = 2; n < signal.size(); ++n) {
    largest = std::max(largest, std::abs(signal[n] - 2 * signal[n - 1] + signal[n - 2]));
  }
  return largest;
}

// A tone has a small second difference everywhere; a joint that clicks has a large one.
TEST(Voice, JointsDoNotClick) {
  AudioBlock tone{{}, {16'000, 1}, std::vector<float>(32'000)};
  for (size_t n = 0; n < tone.samples.size(); ++n) {
    tone.samples[n] = 0.5f * static_cast<float>(std::sin(0.08 * static_cast<double>(n))) *
                      std::min(1.0f, static_cast<float>(n) / 8000.0f);
  }
  tone.samples.resize(31'000);
  for (uint32_t seed = 1; seed <= 6; ++seed) {
    const AudioBlock output = changed(tone, mode(VoiceMode::disguise), 1000, seed);
    std::vector<double> inner = test::channel_of(output, 0);
    inner.resize(30'000);
    // A jump by a tenth of the tone's height would have a second difference of 0.05.
    EXPECT_LT(largest_bend(inner), 0.05) << seed;
  }
}

TEST(Voice, SilencedSpansAreExactToTheSample) {
  const AudioBlock sound = test::noise_sound({8'000, 2}, 1, 6);
  for (const VoiceMode voice : {VoiceMode::keep, VoiceMode::disguise, VoiceMode::robot}) {
    VoiceChange change = mode(voice);
    change.silenced = {{{250'000}, {500'000}, false}};
    const std::vector<double> left = test::channel_of(changed(sound, change, 333), 0);
    for (size_t n = 2000; n < 4000; ++n) ASSERT_EQ(left[n], 0) << n;
    // It fades within 5 ms, 40 samples, and no more.
    EXPECT_LT(std::abs(left[1999]), 0.05);
    if (voice != VoiceMode::keep) continue;
    const std::vector<double> before = test::channel_of(sound, 0);
    for (size_t n = 0; n < 1960; ++n) ASSERT_EQ(left[n], before[n]) << n;
    for (size_t n = 4040; n < 8000; ++n) ASSERT_EQ(left[n], before[n]) << n;
  }
}

// Non-interference: what is silenced leaves no trace outside its span either.
TEST(Voice, NothingOfASilencedSpanIsHeardElsewhere) {
  const AudioBlock one = test::vowel({44'100, 1}, 1, 120);
  AudioBlock other = one;
  for (size_t n = 13'230; n < 26'460; ++n) other.samples[n] = n % 7 < 3 ? 0.9f : -0.2f;
  for (const bool bleep : {false, true}) {
    VoiceChange change = mode(VoiceMode::disguise);
    change.silenced = {{{300'000}, {600'000}, bleep}};
    EXPECT_EQ(changed(one, change, 999).samples, changed(other, change, 999).samples);
  }
}

TEST(Voice, ABleepIsAToneOfOneKilohertz) {
  VoiceChange change = mode(VoiceMode::keep);
  change.silenced = {{{200'000}, {800'000}, true}};
  const AudioBlock sound = test::noise_sound({16'000, 1}, 1, 6);
  const std::vector<double> samples = test::channel_of(changed(sound, change, 999), 0);
  const std::vector<double> tone(samples.begin() + 4000, samples.begin() + 12'000);
  EXPECT_GT(test::energy_at(tone, 1000, 16'000), 1000 * test::energy_at(tone, 1300, 16'000));
  EXPECT_NEAR(samples[3200], 0, 1e-6);
}

// The span counts on the media's clock, not from the sound's first sample.
TEST(Voice, SpansFollowTheClockOfTheFirstBlock) {
  AudioBlock sound = test::noise_sound({8'000, 1}, 1, 6);
  sound.time = {500'000};
  VoiceChange change = mode(VoiceMode::keep);
  change.silenced = {{{0}, {750'000}, false}};
  const AudioBlock output = changed(sound, change, 999);
  EXPECT_EQ(output.samples[1999], 0);
  EXPECT_EQ(output.samples[2100], sound.samples[2100]);
}

}  // namespace
}  // namespace faceveil
