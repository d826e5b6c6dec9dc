#include "base/geometry.h"

#include <algorithm>

namespace faceveil {

float intersection_over_union(const Rect& a, const Rect& b) {
  const float width = std::min(a.right(), b.right()) - std::max(a.x, b.x);
  const float height = std::min(a.bottom(), b.bottom()) - std::max(a.y, b.y);
  if (width <= 0 || height <= 0) return 0;
  const float both = width * height;
  return both / (a.area() + b.area() - both);
}

Rect grown(const Rect& rect, float share) {
  return {rect.x - share * rect.width, rect.y - share * rect.height, rect.width * (1 + 2 * share),
          rect.height * (1 + 2 * share)};
}

}  // namespace faceveil
