// Writing HEIC and AVIF, by libheif itself: libvips leaves x265 at its "slow" preset, which takes
// ten seconds for a 12-megapixel picture.
#pragma once

#include "media/still.h"

namespace faceveil {

// `format` is heic or avif; the picture is in colour. Errors: unsupported where libheif refuses.
Result<Bytes> encode_heif(const Still&, StillFormat format, const Metadata& kept);

}  // namespace faceveil
