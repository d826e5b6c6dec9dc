// Looks for faces in parts of a picture only.
#pragma once

#include <span>
#include <vector>

#include "detect/detector.h"

namespace faceveil {

// Faces in the windows (whole pixels, inside the picture), in the picture's own coordinates and in
// descending order of score. The same face seen through two windows comes once. rgb8 pictures and
// whatever else Detector takes. Errors: as Detector::detect.
Result<std::vector<Face>> detect_in(const Detector&, const Image&, std::span<const Rect> windows,
                                    float score_min);

}  // namespace faceveil
