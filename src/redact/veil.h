// The default effect. It looks like a soft blur, but is computed only from visible pixels around
// the region and a drawn skin-neutral shade, so that nothing of the face can be in it.
//
// The colours on a ring just outside the region are expanded into a few circular harmonics; their
// harmonic extension into the disc (Poisson's integral: the k-th harmonic scales with r^k) is the
// smoothest surface that meets the surroundings at the rim. Towards the middle it fades into the
// shade.
#pragma once

#include <span>
#include <vector>

#include "media/image.h"
#include "redact/hidden_map.h"
#include "redact/region_spans.h"

namespace faceveil {

// Paints the spans of `region`. Reads only pixels that are visible in `hidden`, which must cover at
// least the region itself.
void paint_veil(Image&, const Region& region, const std::vector<Span>& spans,
                const HiddenMap& hidden);

}  // namespace faceveil
