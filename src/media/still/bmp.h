// BMP, by a reader and writer of our own (Microsoft, "Bitmap Storage"): 1, 4, 8, 16, 24 and 32 bits
// a pixel, bit fields, RLE4 and RLE8, all header versions. libvips would read it by ImageMagick,
// which is among the loaders that libvips itself calls untrusted and that we block.
#pragma once

#include "media/still.h"

namespace faceveil {

bool sniff_bmp(BytesView);
Result<StillHeader> read_bmp_header(BytesView);
Result<Still> decode_bmp(BytesView);

// 8 bits a pixel with a grey palette, 24, or 32 with alpha.
Result<Bytes> encode_bmp(const Still&, const Metadata& kept);

// Decodes and encodes.
Result<CleanCopy> copy_bmp(BytesView, const Metadata& kept);

}  // namespace faceveil
