// True means over at most 6 x 6 blocks, 5 bits a channel: what survives is bounded by that many
// numbers. A mosaic that takes one pixel of each block, or fine blocks, can be undone (docs:
// PRIVACY figures).
#pragma once

#include <vector>

#include "media/image.h"
#include "redact/region_spans.h"

namespace faceveil {

inline constexpr int mosaic_blocks_max = 6;  // Along either side.
inline constexpr int mosaic_levels = 32;     // 5 bits.

void paint_mosaic(Image&, const std::vector<Span>& spans);

}  // namespace faceveil
