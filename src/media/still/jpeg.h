// JPEG (ITU-T T.81) by libjpeg-turbo: baseline, extended, progressive and arithmetic-coded, 8 bits
// a sample; grey, YCbCr, RGB, CMYK and YCCK (the last two become RGB as inks.h says).
#pragma once

#include "media/still.h"

namespace faceveil {

bool sniff_jpeg(BytesView);
Result<StillHeader> read_jpeg_header(BytesView);
Result<Still> decode_jpeg(BytesView);

// Quality 95, baseline unless the traits say progressive, chroma as the traits say.
Result<Bytes> encode_jpeg(const Still&, const Metadata& kept);

// Works on markers: the coded picture stays byte for byte.
Result<CleanCopy> copy_jpeg(BytesView, const Metadata& kept);

}  // namespace faceveil
