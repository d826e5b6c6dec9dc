// Writing PNG with a palette (W3C PNG Specification, Third Edition, 11.2.1, colour type 3).
#pragma once

#include <optional>

#include "base/bytes.h"
#include "media/still.h"

namespace faceveil {

// A file with exactly these pixels, the profile and the density, with as few bits a pixel as the
// colours need. Absent when there are more than 256 of them, or 16 bits a sample.
std::optional<Bytes> encode_png_palette(const Still&);

}  // namespace faceveil
