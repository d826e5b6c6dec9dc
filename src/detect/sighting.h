// What the tracker keeps of a face seen in one picture of a clip.
#pragma once

#include <vector>

#include "base/geometry.h"
#include "base/time.h"

namespace faceveil {

struct Sighting {
  Rect box;  // Upright pixels.
  float score = 0;
  bool operator==(const Sighting&) const = default;
};

// One picture of a clip, and the faces seen in it.
struct Moment {
  MediaTime time;
  bool first_of_scene = false;  // It does not carry on from the picture before.
  std::vector<Sighting> seen;   // By their boxes' place: whatever order the detector had.
};

}  // namespace faceveil
