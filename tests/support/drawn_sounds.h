// Sounds made by us, so that tests need no recordings.
#pragma once

#include <vector>

#include "media/audio.h"

namespace faceveil::test {

// Resonances of a vowel as in "father", at 730, 1090 and 2440 Hz (Peterson and Barney, 1952).
inline constexpr double vowel_formants_hz[] = {730, 1090, 2440};

// A sung vowel: a glottal pulse train of `pitch_hz` through three resonances, peak 0.5. Channel c
// is 1 / (c + 1) as loud as the first.
AudioBlock vowel(AudioLayout, double seconds, double pitch_hz);
// White noise in [-0.5, 0.5); the same for the same seed.
AudioBlock noise_sound(AudioLayout, double seconds, uint32_t seed);

// The samples of one channel.
std::vector<double> channel_of(const AudioBlock&, int channel);
// Energy of `signal` at one frequency, by Goertzel's sum under a Hann window.
double energy_at(const std::vector<double>& signal, double hz, double sample_rate_hz);

}  // namespace faceveil::test
