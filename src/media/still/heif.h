// HEIC and AVIF (ISO/IEC 23008-12) by libheif, for reading through libvips: the primary picture.
// libheif applies the file's own rotation and mirroring; an EXIF orientation beside them must not
// turn it a second time.
#pragma once

#include "media/still.h"

namespace faceveil {

bool sniff_heic(BytesView);
bool sniff_avif(BytesView);
Result<StillHeader> read_heic_header(BytesView);
Result<StillHeader> read_avif_header(BytesView);
Result<Still> decode_heic(BytesView);
Result<Still> decode_avif(BytesView);

// Quality 90, colours at half resolution (4:2:0); 16 bits a sample as 10 (HEIC) or
// 12 (AVIF).
Result<Bytes> encode_heic(const Still&, const Metadata& kept);
Result<Bytes> encode_avif(const Still&, const Metadata& kept);

// Decode and encode.
Result<CleanCopy> copy_heic(BytesView, const Metadata& kept);
Result<CleanCopy> copy_avif(BytesView, const Metadata& kept);

}  // namespace faceveil
