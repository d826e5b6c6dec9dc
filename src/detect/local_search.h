// Looks for faces in parts of a picture only.
#pragma once

#include <span>
#include <vector>

#include "detect/detector.h"

namespace faceveil {

// A part of a picture in which one face is expected.
struct SearchWindow {
  Rect area;          // Upright pixels: whole numbers, inside the picture.
  float side_px = 0;  // Of the face, about.
};

// Faces in the windows, each searched as Detector::detect_expected does, in the picture's own
// coordinates and in descending order of score. The same face seen through two windows comes once,
// and none lies within a better one, as in a whole picture.
// rgb8 pictures and whatever else Detector takes. The result does not depend on the detector's
// number of threads. Errors: as Detector::detect.
Result<std::vector<Face>> detect_in(const Detector&, const Image&,
                                    std::span<const SearchWindow> windows, float score_min);

}  // namespace faceveil
