// Boxes that lie within others.
#pragma once

#include <vector>

#include "detect/detector.h"

namespace faceveil {

// Whether nearly all of `inner` lies in `outer`: a second box within the first adds nothing to what
// is hidden.
bool is_within(const Rect& inner, const Rect& outer);

// Without those that lie within a better one.
std::vector<Face> without_nested(const std::vector<Face>& best_first);

}  // namespace faceveil
