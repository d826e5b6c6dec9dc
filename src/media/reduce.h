// Pictures brought to what a file format can hold.
#pragma once

#include "base/result.h"
#include "media/image.h"

namespace faceveil {

// The picture laid on white, without alpha; a copy where there is none. Errors: over_limit.
Result<Image> flattened_on_white(const Image&);

// 16 bits a sample to 8, rounded; a copy where there are 8. Errors: over_limit.
Result<Image> reduced_to_8_bits(const Image&);

// Grey as colour with equal channels, alpha as it is; a copy where there are colours. Errors:
// over_limit.
Result<Image> expanded_to_colour(const Image&);

// Any picture as rgb8, alpha laid on white. Errors: over_limit.
Result<Image> as_rgb8(const Image&);

}  // namespace faceveil
