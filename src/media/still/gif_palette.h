// Writing GIF without changing a colour, where the picture has few enough.
#pragma once

#include <optional>

#include "base/bytes.h"
#include "media/image.h"

namespace faceveil {

// A GIF89a file with exactly these pixels, by cgif. Absent when they have more than 256 colours (a
// transparent one counts as one, whatever lies under it), half transparent pixels, or 16 bits.
std::optional<Bytes> encode_gif_exactly(const Image&);

}  // namespace faceveil
