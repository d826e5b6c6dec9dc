// libjpeg while it reads one file: what decoding to pixels and to coefficients have in common.
#pragma once

#include "base/bytes.h"
#include "base/result.h"
#include "media/image.h"
#include "media/orientation.h"
#include "media/still.h"
#include "media/still/jpeg_guard.h"

namespace faceveil {

struct JpegReader {
  jpeg_decompress_struct info{};
  JpegErrors errors{};
  jpeg_progress_mgr progress{};

  JpegReader() = default;
  JpegReader(const JpegReader&) = delete;
  JpegReader& operator=(const JpegReader&) = delete;
  ~JpegReader() { jpeg_destroy_decompress(&info); }

  Size stored_size() const {
    return {static_cast<int>(info.image_width), static_cast<int>(info.image_height)};
  }
};

// Reads up to the first scan, and refuses what takes too many scans from then on. The reader keeps
// looking at `bytes` until the last scan is read.
Status read_header(JpegReader&, BytesView bytes);

// All that follow need a header that is read.
Orientation read_orientation(const JpegReader&);
Result<Bytes> read_icc_profile(JpegReader&);  // Empty: none, or its pieces do not fit together.
EncodingTraits read_traits(const JpegReader&, Orientation);
bool holds_inks(const JpegReader&);            // CMYK or YCCK.
int64_t coefficient_bytes(const JpegReader&);  // Of all components, 16 bits each.

// "The picture is too large", with its size.
tl::unexpected<Error> too_large(const JpegReader&);

// Fills `image`, whose size and format are the reader's, with the pixels of a started output pass.
// Only from inside guarded().
void read_rows(jpeg_decompress_struct&, Image&);

}  // namespace faceveil
