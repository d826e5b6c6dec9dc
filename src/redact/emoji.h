// A friendly round face, drawn by formulas at any size: nothing in it comes from the picture.
#pragma once

#include <vector>

#include "media/image.h"
#include "redact/region_spans.h"

namespace faceveil {

// Draws the face as large as the region's box holds it, in the box's middle, on the pixels of the
// spans. Between its round rim and the region's edge the pixels stay as they are: they must be
// covered already (paint() lays a veil there).
void paint_emoji(Image&, const Region& region, const std::vector<Span>& spans);

}  // namespace faceveil
