// IEEE 754 half precision (binary16), the form in which the model files hold their weights.
#pragma once

#include <bit>
#include <cstdint>

namespace faceveil::nn {

// Exact for every one of the 65,536 values, subnormals, infinities and NaN included.
inline float half_to_float(uint16_t half) {
  const uint32_t sign = static_cast<uint32_t>(half & 0x8000u) << 16;
  const uint32_t magnitude = static_cast<uint32_t>(half & 0x7fffu) << 13;
  if (magnitude >= 0x0f800000u) {  // Infinity or NaN: the exponent becomes all ones here too.
    return std::bit_cast<float>(sign | 0x7f800000u | magnitude);
  }
  // The exponent's bias differs by 127 - 15 = 112. A multiplication puts it right and at the same
  // time normalises subnormal halves, without a case of their own.
  const float scaled = std::bit_cast<float>(magnitude) * 0x1p112f;
  return std::bit_cast<float>(sign | std::bit_cast<uint32_t>(scaled));
}

}  // namespace faceveil::nn
