// One face's sightings to one box for each picture: gaps filled, ends extended, and borders that
// only move outwards of what was seen, and slowly.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "detect/sighting.h"

namespace faceveil::tracking {

// A face in the index-th picture of its scene.
struct Place {
  int picture = 0;
  Sighting sighting;
};

// Boxes of successive pictures, from `first` on; whole pixels.
struct Course {
  int first = 0;
  std::vector<Rect> boxes;
  std::vector<float> scores;  // 0 where the face was not seen.
};

// How long a course begins before the first place, and ends behind the last, at most.
struct Extension {
  int64_t before_us = 0, after_us = 0;
};

// `times` of all pictures of the scene, `places` in order of time, at least one.
Course course_of(std::span<const MediaTime> times, std::span<const Place> places, Extension);

}  // namespace faceveil::tracking
