// Where things are in a BMP file (Microsoft, "Bitmap Storage", "BITMAPV5HEADER"). Offsets in bytes,
// numbers little-endian.
#pragma once

#include <array>
#include <cstdint>

#include "base/bytes.h"
#include "base/result.h"
#include "media/still.h"

namespace faceveil::bmp {

inline constexpr size_t file_header_bytes = 14;
inline constexpr size_t core_header_bytes = 12, info_header_bytes = 40, v5_header_bytes = 124;
inline constexpr uint32_t profile_embedded = 0x4d424544;  // "MBED"
inline constexpr double inches_per_metre = 1 / 0.0254;

enum class Packing { plain, rle8, rle4, bit_fields };

// Which bits of a pixel are one channel. mask 0: there is no such channel.
struct BitField {
  uint32_t mask = 0;
  int shift = 0;
};

// What the headers say, checked.
struct Layout {
  Size size;
  bool top_down = false;
  int bits_per_pixel = 0;  // 1, 2, 4, 8, 16, 24, 32.
  Packing packing = Packing::plain;
  std::array<BitField, 4> fields;  // Red, green, blue, alpha; for 16 and 32 bits.
  BytesView palette;               // For up to 8 bits: blue, green, red (and a byte unused) each.
  size_t palette_entry_bytes = 4;
  BytesView pixels;  // From the first coded byte to the end of the file.
  BytesView icc_profile;
  double dots_per_inch_x = 0, dots_per_inch_y = 0;

  bool has_alpha() const { return fields[3].mask != 0; }
};

// Errors: bad_input where a header is damaged, or points outside the file; unsupported for JPEG and
// PNG inside BMP; over_limit.
Result<Layout> read_layout(BytesView file);

tl::unexpected<Error> damaged();

}  // namespace faceveil::bmp
