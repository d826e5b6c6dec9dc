// What decoding a JPEG file tells beside its pixels. Only for the files of this format.
#pragma once

#include "media/orientation.h"
#include "media/still.h"

namespace faceveil {

struct DecodedJpeg {
  Still still;
  Orientation orientation = Orientation::top_left;  // As stored; the still is upright already.
  bool has_icc_profile = false;  // The file has a whole one (the still of a CMYK file has none).
  bool stray_bytes = false;      // Bytes that belong to nothing stand before a marker.
};

// Errors: as decode_still.
Result<DecodedJpeg> decode_jpeg_fully(BytesView);

}  // namespace faceveil
