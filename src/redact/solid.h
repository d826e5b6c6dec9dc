// One colour over the region.
#pragma once

#include <vector>

#include "media/image.h"
#include "redact/colour.h"
#include "redact/region_spans.h"

namespace faceveil {

void paint_solid(Image&, const std::vector<Span>& spans, const Colour& colour);

}  // namespace faceveil
