// What of a JPEG file's metadata stays in the output: the one place that decides it, for files that
// are copied and for files whose coefficients are written again.
#pragma once

#include <vector>

#include "base/bytes.h"
#include "media/metadata.h"
#include "media/orientation.h"
#include "media/still/jpeg_segments.h"

namespace faceveil {

// The marker segments to stand right after SOI: JFIF without its thumbnail, an EXIF block with the
// orientation and the tags of `kept`, what else is to be carried on, the ICC profile, Adobe's
// colour transform. `has_icc_profile`: whether its pieces fit together.
Bytes kept_jpeg_markers(const std::vector<JpegSegment>& segments, Orientation, bool has_icc_profile,
                        const Metadata& kept = {});

}  // namespace faceveil
