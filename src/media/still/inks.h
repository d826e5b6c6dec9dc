// Pictures made of printing inks, as CMYK JPEG and TIFF files hold them.
#pragma once

#include "base/bytes.h"
#include "base/result.h"
#include "media/image.h"

namespace faceveil {

// `inks`, which holds cyan, magenta, yellow and black in its four channels (full ink = largest
// value), as colours with as many bits: sRGB through `icc_profile`; where that is empty or cannot
// be used by the plain formula (1 - ink) * (1 - black), as browsers do. Errors: over_limit,
// unsupported.
Result<Image> inks_to_rgb(const Image& inks, const Bytes& icc_profile);

}  // namespace faceveil
