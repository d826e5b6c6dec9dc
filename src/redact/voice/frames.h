// How sound is cut into frames: at 16 kHz whatever the file has, so that what was measured of the
// change (docs/voice.md) holds for every file, and so that nothing above 8 kHz tells of a speaker.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace faceveil {

inline constexpr int voice_rate_hz = 16'000;
inline constexpr int frame_samples = 512;  // 32 ms.
inline constexpr int hop_samples = 256;    // Frames overlap by half.
inline constexpr int predictor_order = 18;
inline constexpr int robot_order = 14;
// Filters start this far before a frame, with the sound before it, so that what their start from
// nothing disturbs has died away.
inline constexpr int run_in_samples = 256;
// A frame's excitation may come from this much earlier or later: half the longest period.
inline constexpr int shift_samples_max = 128;
// Input around a frame's centre that its excitation can come from, at the largest pitch ratio.
inline constexpr int reach_back_samples = 1024, reach_ahead_samples = 576;

// Two frames with these weights, half a frame apart, add up to 1 everywhere (a Hann window).
const std::vector<double>& frame_window();

}  // namespace faceveil
