// Pictures as every browser can show them.
#pragma once

#include <string_view>

#include "base/bytes.h"
#include "base/result.h"

namespace faceveil {

struct DisplayPicture {
  Bytes bytes;
  std::string_view mime_type;  // "image/jpeg" or "image/png".
};

// The picture without anything beside it, in the pixels that plans speak of: JPEG and PNG keep
// their compressed data, others become PNG where they are lossless, else JPEG. Errors: as
// decode_still.
Result<DisplayPicture> display_picture(BytesView file);

}  // namespace faceveil
