// Time on the media's own clock.
#pragma once

#include <compare>
#include <cstdint>

namespace faceveil {

// A moment, counted from the first picture. A still image has only moment zero.
struct MediaTime {
  int64_t microseconds = 0;
  auto operator<=>(const MediaTime&) const = default;
};

}  // namespace faceveil
