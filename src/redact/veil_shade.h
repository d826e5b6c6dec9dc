// The drawn shade that the veil fades into towards its middle, in pictures of every format.
#pragma once

#include <algorithm>
#include <cmath>

#include "plan/plan.h"
#include "redact/colour.h"

namespace faceveil {

// A soft light brown: between the lightest and the darkest skin, alike to none.
inline constexpr Colour neutral_shade = {0.71f, 0.60f, 0.53f};

// How much of the shade a place takes: `radius_squared` is 1 and more at the rim and beyond, where
// the share and its slope are 0.
inline float shade_share(float radius_squared) {
  constexpr float share_of_middle = 0.45f;
  const float inside = std::max(0.0f, 1 - radius_squared);
  return share_of_middle * inside * inside;
}

// Where a place lies along one side of a region's box: -1 and 1 are its ends.
inline float place_along(float at, float first, float length) {
  return (at - first) / length * 2 - 1;
}

// How much of the shade a place of a region takes, by where it lies along both sides; a rectangle's
// rim counts as its ellipse's.
inline float shade_share(Shape shape, float u, float v) {
  if (shape == Shape::ellipse) return shade_share(u * u + v * v);
  const float most = std::max(std::abs(u), std::abs(v));
  return shade_share(most * most);
}

}  // namespace faceveil
