// Between R'G'B' and the Y'CbCr of JFIF 1.02: ITU-R BT.601 with all levels from 0 to 255.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>

namespace faceveil {

// Not rounded, and not kept in range.
inline std::array<float, 3> ycc_to_rgb(const std::array<float, 3>& ycc) {
  const float cb = ycc[1] - 128, cr = ycc[2] - 128;
  return {ycc[0] + 1.402f * cr, ycc[0] - 0.344136f * cb - 0.714136f * cr, ycc[0] + 1.772f * cb};
}

inline std::array<float, 3> rgb_to_ycc(const std::array<float, 3>& rgb) {
  return {0.299f * rgb[0] + 0.587f * rgb[1] + 0.114f * rgb[2],
          -0.168736f * rgb[0] - 0.331264f * rgb[1] + 0.5f * rgb[2] + 128,
          0.5f * rgb[0] - 0.418688f * rgb[1] - 0.081312f * rgb[2] + 128};
}

// The nearest of 0…255.
inline uint8_t to_byte(float value) {
  return static_cast<uint8_t>(std::clamp(value, 0.0f, 255.0f) + 0.5f);
}

}  // namespace faceveil
