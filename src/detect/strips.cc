#include "detect/strips.h"

#include <algorithm>
#include <cmath>

#include "base/check.h"
#include "base/limits.h"

namespace faceveil {
namespace {

struct Span {
  int seen_begin, owned_begin, owned_end, seen_end;
};

int rounded_up(int64_t value, int step) {
  return static_cast<int>((value + step - 1) / step * step);
}

// One direction: `extent` pixels in spans that see at most `seen_max`, if that is enough to own
// something.
std::vector<Span> spans_of(int extent, int seen_max, const StripRules& rules) {
  if (extent <= seen_max) return {{0, 0, extent, extent}};
  const int margin = rounded_up(rules.reach_px, rules.alignment_px);
  const int room = (seen_max - 2 * margin) / rules.alignment_px * rules.alignment_px;
  const int owned_max = std::max({room, margin, rules.alignment_px});
  const int count = (extent + owned_max - 1) / owned_max;
  const int owned = rounded_up((extent + count - 1) / count, rules.alignment_px);
  std::vector<Span> spans;
  for (int begin = 0; begin < extent; begin += owned) {
    const int end = std::min(begin + owned, extent);
    spans.push_back({std::max(begin - margin, 0), begin, end, std::min(end + margin, extent)});
  }
  return spans;
}

// How many pixels of each direction one strip should see: all of the shorter one where that leaves
// the longer one at least as much, else a square.
Size seen_max(Size picture, int64_t pixels_max) {
  const int side = std::max(1, static_cast<int>(std::sqrt(static_cast<double>(pixels_max))));
  const auto rest = [&](int shorter) {
    return static_cast<int>(
        std::min<int64_t>(pixels_max / std::max(shorter, 1), limits::strip_side_pixels_max));
  };
  if (picture.width <= side) return {picture.width, rest(picture.width)};
  if (picture.height <= side) return {rest(picture.height), picture.height};
  return {side, side};
}

}  // namespace

std::vector<Strip> strips_of(Size picture, const StripRules& rules) {
  CHECK(picture.width > 0 && picture.height > 0 && rules.pixels_max > 0);
  CHECK(rules.reach_px >= 0 && rules.alignment_px > 0);
  const Size seen = seen_max(picture, rules.pixels_max);
  std::vector<Strip> strips;
  for (const Span& down : spans_of(picture.height, seen.height, rules)) {
    for (const Span& across : spans_of(picture.width, seen.width, rules)) {
      strips.push_back(
          {{across.seen_begin,
            down.seen_begin,
            {across.seen_end - across.seen_begin, down.seen_end - down.seen_begin}},
           {across.owned_begin,
            down.owned_begin,
            {across.owned_end - across.owned_begin, down.owned_end - down.owned_begin}}});
    }
  }
  return strips;
}

}  // namespace faceveil
