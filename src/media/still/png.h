// PNG by libvips (libpng): all colour types; 1 to 4 bits become 8, palettes become colours.
#pragma once

#include "media/still.h"

namespace faceveil {

bool sniff_png(BytesView);
Result<StillHeader> read_png_header(BytesView);
Result<Still> decode_png(BytesView);
Result<Bytes> encode_png(const Still&, const Metadata& kept);

// Works on chunks: the compressed picture stays byte for byte. A picture that EXIF turns, or that
// has bytes hidden behind its pixels, is encoded again, upright.
Result<CleanCopy> copy_png(BytesView, const Metadata& kept);

}  // namespace faceveil
