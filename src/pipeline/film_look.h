// Looks for faces in one picture of a film: in all of it, or through windows only, of which alone
// the pixels are made. Private to the pipeline.
#pragma once

#include <vector>

#include "detect/observer.h"
#include "media/video_frame.h"

namespace faceveil {

// None where there is nothing to look at. Errors: as Detector::detect; over_limit, io.
Result<std::vector<Face>> faces_in(const VideoFrame&, const Look&, const Observer&,
                                   float score_min);

}  // namespace faceveil
