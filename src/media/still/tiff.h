// TIFF 6.0 and BigTIFF by libvips (libtiff): grey, RGB, palette and CMYK with 1 to 16 bits a
// sample; of several pages the first.
#pragma once

#include "media/still.h"

namespace faceveil {

bool sniff_tiff(BytesView);
Result<StillHeader> read_tiff_header(BytesView);
Result<Still> decode_tiff(BytesView);

// Deflate with horizontal differences.
Result<Bytes> encode_tiff(const Still&, const Metadata& kept);

// Decodes and encodes.
Result<CleanCopy> copy_tiff(BytesView, const Metadata& kept);

}  // namespace faceveil
