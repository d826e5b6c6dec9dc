// One place in a picture, cut out at the size at which a face can be told best.
#pragma once

#include "detect/resample.h"

namespace faceveil {

// How a close-up frames what it shows.
struct Framing {
  int side_px = 96;      // The close-up is side_px x side_px pixels, rgb8.
  float context = 3.2f;  // Its side, in sides of the box (the square root of the box's area).
};

// `box` in pixels of the picture, of positive area; it may reach over the border, what lies beyond
// is black. Shrunk by area, enlarged bilinear. Errors: over_limit.
Result<Image> close_up(const Halvings& picture, const Rect& box, const Framing&);

}  // namespace faceveil
