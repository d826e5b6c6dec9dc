// The pixels of a region, row by row.
#pragma once

#include <vector>

#include "base/geometry.h"
#include "plan/plan.h"

namespace faceveil {

// Pixels [x_begin, x_end) of row y; never empty, always inside the picture.
struct Span {
  int y = 0, x_begin = 0, x_end = 0;
  bool operator==(const Span&) const = default;
};

// Both shapes are convex: one span a row, from top to bottom. A rectangle takes every pixel that it
// touches, an ellipse every pixel whose centre it holds and always the one under its own centre, so
// that the smallest face still loses a pixel. Empty only where the region lies outside the picture.
std::vector<Span> spans_of(const Region&, Size picture);

// The least whole-pixel box around the spans: {x, y, width, height}.
struct PixelBox {
  int x = 0, y = 0, width = 0, height = 0;
};
PixelBox bounding_box(const std::vector<Span>&);  // At least one span.

}  // namespace faceveil
