// What the symbols of a baseline scan say (ITU-T T.81, F.1.2).
#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <cstdlib>

#include "media/jpeg_picture.h"

namespace faceveil {

inline constexpr uint8_t end_of_block = 0x00, sixteen_zeros = 0xf0;

// Of the first coefficient, in 8-bit files.
inline constexpr int dc_least = -2048, dc_most = 2047;

// The number whose `bits` bits stand at the top of `next`; 0 bits: 0 (figure F.12).
inline int number_of(uint64_t next, int bits) {
  if (bits == 0) return 0;
  const auto value = static_cast<int>(next >> (64 - bits));
  return value >> (bits - 1) ? value : value - (1 << bits) + 1;
}

// The number's length in bits, and those bits.
inline int bits_of(int number) { return std::bit_width(static_cast<unsigned>(std::abs(number))); }
inline uint32_t number_bits(int number, int bits) {
  return static_cast<uint32_t>(number < 0 ? number + (1 << bits) - 1 : number);
}

// Where the coefficients of the scan's order stand row by row (figure A.6).
inline constexpr auto row_order = [] {
  std::array<uint8_t, jpeg_block_values> order{};
  size_t place = 0;
  for (int diagonal = 0; diagonal < 2 * jpeg_block_side - 1; ++diagonal) {
    for (int i = 0; i <= diagonal; ++i) {
      // Every other diagonal goes upwards.
      const int row = diagonal % 2 ? i : diagonal - i, column = diagonal - row;
      if (row >= jpeg_block_side || column >= jpeg_block_side) continue;
      order[place++] = static_cast<uint8_t>(row * jpeg_block_side + column);
    }
  }
  return order;
}();

// Calls visit_dc(symbol, number) and then visit_ac(symbol, number) for what a block is coded as.
// False where a coefficient is beyond what 8-bit files may hold.
template <typename VisitDc, typename VisitAc>
bool for_each_symbol(const std::array<int16_t, jpeg_block_values>& block, int dc_before,
                     const VisitDc& visit_dc, const VisitAc& visit_ac) {
  constexpr int dc_bits_max = 11, ac_bits_max = 10;
  const int difference = block[0] - dc_before;
  if (bits_of(difference) > dc_bits_max) return false;
  visit_dc(static_cast<uint8_t>(bits_of(difference)), difference);
  int zeros = 0;
  for (size_t place = 1; place < jpeg_block_values; ++place) {
    const int value = block[row_order[place]];
    if (value == 0) {
      ++zeros;
      continue;
    }
    for (; zeros > 15; zeros -= 16) visit_ac(sixteen_zeros, 0);
    const int bits = bits_of(value);
    if (bits > ac_bits_max) return false;
    visit_ac(static_cast<uint8_t>(zeros << 4 | bits), value);
    zeros = 0;
  }
  if (zeros > 0) visit_ac(end_of_block, 0);
  return true;
}

}  // namespace faceveil
