// WebP (RFC 9649) by libvips (libwebp), lossy and lossless; of an animation the first frame.
// Written by libwebp itself: libvips lets it change the colours under transparent pixels.
#pragma once

#include "media/still.h"

namespace faceveil {

bool sniff_webp(BytesView);
Result<StillHeader> read_webp_header(BytesView);
Result<Still> decode_webp(BytesView);

// Lossless or lossy as the traits say, lossy at quality 95.
Result<Bytes> encode_webp(const Still&, const Metadata& kept);

// Works on chunks: the compressed picture stays byte for byte, and one EXIF tag says which way up
// it is where it is stored turned. Of an animation the first frame is encoded again.
Result<CleanCopy> copy_webp(BytesView, const Metadata& kept);

}  // namespace faceveil
