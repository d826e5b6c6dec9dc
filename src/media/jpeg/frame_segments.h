// The segments before the coded data of a sequential JPEG file with one scan (ITU-T T.81, annex B).
#pragma once

#include "base/bytes.h"
#include "media/still/jpeg_guard.h"

namespace faceveil {

// What stands before the coded data: SOI, `markers` (whole segments), the tables and headers that
// `out` says, in libjpeg's order. With room for `coded_bytes` more.
Bytes jpeg_up_to_scan(BytesView markers, const jpeg_compress_struct& out, size_t coded_bytes);

}  // namespace faceveil
