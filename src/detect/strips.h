// A picture that is too large to be looked at in one go, cut into parts that overlap.
//
//   +--------+----+--+      Each part owns some pixels, and every pixel is owned once: what is said
//   | owned  |    |  |      of an anchor there is taken from that part. Around them a part sees as
//   |        |    |  |      much as can change the answer, so that the answers are those of the
//   +--------+----+--+      whole picture.
#pragma once

#include <cstdint>
#include <vector>

#include "detect/resample.h"

namespace faceveil {

struct Strip {
  Part seen;
  Part owned;  // Within `seen`.
};

// How strips must be cut.
struct StripRules {
  int64_t pixels_max = 0;  // That one strip should see.
  int reach_px = 0;        // That it must see around what it owns.
  int alignment_px = 1;    // Of the cuts.
};

// Row by row. One strip where the picture is small enough. Where `pixels_max` leaves no room for
// more than the reach, strips are larger than it: each owns at least the reach in both directions.
std::vector<Strip> strips_of(Size picture, const StripRules&);

}  // namespace faceveil
