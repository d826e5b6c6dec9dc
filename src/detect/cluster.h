// Which sightings are of the same thing.
#pragma once

#include <vector>

#include "base/geometry.h"

namespace faceveil {

// A sighting, calibrated.
struct Belief {
  Rect box;               // Corrected; in picture pixels.
  float probability = 0;  // Of this sighting alone.
  int sighting = 0;       // Index into the sightings.
};

// Sightings that overlap.
struct Cluster {
  Rect box;                  // Mean of the members' boxes, by probability.
  std::vector<int> members;  // Indices into the beliefs, the most probable first; at least one.
};

// The most probable belief takes all that overlap it by more than `overlap` (intersection over
// union), then the most probable of the rest, and so on. Of equals the earlier goes first.
std::vector<Cluster> cluster_beliefs(const std::vector<Belief>&, float overlap);

}  // namespace faceveil
