// One colour for pixels of any format.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>

#include "media/image.h"

namespace faceveil {

// Red, green, blue in [0, 1], in the picture's own colour space.
using Colour = std::array<float, 3>;

// ITU-R BT.601 luma, for grey pictures.
inline float luma(const Colour& c) { return 0.299f * c[0] + 0.587f * c[1] + 0.114f * c[2]; }

template <typename Sample>
inline constexpr float sample_max = static_cast<float>(std::numeric_limits<Sample>::max());

template <typename Sample>
Colour read_colour(const Sample* pixel, int channels) {
  const auto value = [&](int c) { return static_cast<float>(pixel[c]) / sample_max<Sample>; };
  return channels >= 3 ? Colour{value(0), value(1), value(2)}
                       : Colour{value(0), value(0), value(0)};
}

template <typename Sample>
Sample to_sample(float value) {
  return static_cast<Sample>(std::clamp(value, 0.0f, 1.0f) * sample_max<Sample> + 0.5f);
}

// Writes the colour, and full opacity where there is alpha: a face's outline in the alpha channel
// would still be a face.
template <typename Sample>
void write_colour(Sample* pixel, int channels, const Colour& colour) {
  if (channels >= 3) {
    for (int c = 0; c < 3; ++c) pixel[c] = to_sample<Sample>(colour[static_cast<size_t>(c)]);
  } else {
    pixel[0] = to_sample<Sample>(luma(colour));
  }
  if (channels % 2 == 0) pixel[channels - 1] = std::numeric_limits<Sample>::max();
}

// Calls work(Sample{}) with the sample type of the format: the one place where 8 and 16 bit part.
template <typename Work>
decltype(auto) with_sample_type(PixelFormat format, Work&& work) {
  return bytes_per_sample(format) == 1 ? work(uint8_t{}) : work(uint16_t{});
}

}  // namespace faceveil
