// Mel-frequency cepstra (Davis and Mermelstein, 1980), as recognisers of speakers use them.
#pragma once

#include <array>
#include <cstddef>
#include <vector>

namespace faceveil::bench {

inline constexpr size_t cepstra = 19;
using Features = std::array<double, 2 * cepstra>;  // c1 to c19, and their slopes over five frames.

// Of the frames of 25 ms, 10 ms apart, that are within 30 dB of the loudest. 16 kHz.
std::vector<Features> mfcc(const std::vector<float>& samples);

}  // namespace faceveil::bench
