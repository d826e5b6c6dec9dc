#include "detect/nested.h"

#include <algorithm>

namespace faceveil {

bool is_within(const Rect& inner, const Rect& outer) {
  constexpr float share_min = 0.85f;
  const float width = std::min(inner.right(), outer.right()) - std::max(inner.x, outer.x);
  const float height = std::min(inner.bottom(), outer.bottom()) - std::max(inner.y, outer.y);
  return width > 0 && height > 0 && width * height >= share_min * inner.area();
}

std::vector<Face> without_nested(const std::vector<Face>& best_first) {
  std::vector<Face> kept;
  for (const Face& face : best_first) {
    const bool is_nested = std::ranges::any_of(
        kept, [&](const Face& better) { return is_within(face.box, better.box); });
    if (!is_nested) kept.push_back(face);
  }
  return kept;
}

}  // namespace faceveil
