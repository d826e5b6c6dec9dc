// The user's own picture, laid over faces by the effect `image`.
#pragma once

#include <vector>

#include "base/result.h"
#include "media/image.h"
#include "redact/lay_over.h"
#include "redact/region_spans.h"

namespace faceveil {

// A picture prepared once for regions of every size. Immutable; may be used by many threads.
class Cover {
 public:
  // Any pixel format. Keeps a copy of at most 1024 px on the longer side: a face is rarely larger,
  // and a larger one gets it enlarged. Errors: bad_input for an empty picture, over_limit.
  static Result<Cover> create(const Image&);

  // The mean colour over the square of side `side_px` around a point, both in pixels of the level;
  // beyond the border there is nothing (coverage 0).
  struct Level {
    Size size;
    std::vector<Tint> pixels;  // Row by row.
    Tint mean_around(Point middle, float side_px) const;
  };

  Size size() const { return levels_.front().size; }

  // The smallest level that has at least one pixel for each of the target's. `scale`: pixels of
  // size() for one of the target.
  const Level& level_for(float scale) const;

 private:
  explicit Cover(std::vector<Level> levels) : levels_(std::move(levels)) {}

  std::vector<Level> levels_;  // Each half as wide and high as the one before, rounded up.
};

// Draws the whole cover as large as the region's box holds it, in the box's middle, on the pixels
// of the spans. Beside it, and where it is transparent, the pixels stay as they are: they must be
// covered already (paint() lays a veil there).
void paint_cover(Image&, const Region& region, const std::vector<Span>& spans, const Cover& cover);

}  // namespace faceveil
