// The classic size-adaptive Gaussian blur. **Reversible**: a machine recovers a good part of the
// face. Kept for those who need the classic look; the help, the page and the reports say so.
#pragma once

#include <vector>

#include "media/image.h"
#include "redact/region_spans.h"

namespace faceveil {

// max(15, 0.3 x face width) in pixels, made odd.
int blur_kernel_px(float face_width_px);

// Errors: over_limit (no memory for the blurred copy of the region).
Status paint_blur(Image&, const Region& region, const std::vector<Span>& spans);

}  // namespace faceveil
