// The segments around the coded data of a sequential JPEG file with one scan (ITU-T T.81, annex B).
#pragma once

#include "base/bytes.h"
#include "media/still/jpeg_guard.h"

namespace faceveil {

// A whole file: `markers` (whole segments) behind SOI, the tables and headers that `out` says, in
// libjpeg's order, the coded data, EOI.
Bytes joined_jpeg(BytesView markers, const jpeg_compress_struct& out, BytesView coded);

}  // namespace faceveil
