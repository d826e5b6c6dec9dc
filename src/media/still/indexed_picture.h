// A picture as a palette and a number for each pixel.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "media/image.h"

namespace faceveil {

using Colour32 = uint32_t;  // 0xAARRGGBB.
constexpr uint32_t alpha_of(Colour32 colour) { return colour >> 24; }

struct IndexedPicture {
  std::vector<Colour32> colours;  // In the order in which the pixels first have them.
  std::vector<uint8_t> places;    // Of each pixel, row by row.
};

// What lies under a pixel that is all transparent: a colour that stays, or nothing.
enum class Transparent : uint8_t { keeps_its_colour, is_one_colour };

// Exactly these pixels. Absent where they have more than 256 colours, or 16 bits.
std::optional<IndexedPicture> indexed_picture(const Image&, Transparent);

}  // namespace faceveil
