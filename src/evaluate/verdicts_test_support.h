// Faces and boxes at random, for the tests of this room.
#pragma once

#include <cstdint>
#include <random>

#include "evaluate/judge.h"

namespace faceveil::test {

// In [0, below).
inline uint32_t draw(std::mt19937& random, uint32_t below) {
  return static_cast<uint32_t>(random()) % below;
}

// A box as the plan hides it: an ellipse, grown by 20 % a side.
inline Found found_at(const Rect& box, float score) {
  Found found;
  found.box = box;
  found.score = score;
  found.region.box = grown(box, 0.2f);
  found.region.face = box;
  return found;
}

// Up to half of the picture wide, some over its border.
inline Rect random_box(std::mt19937& random, Size picture) {
  std::uniform_real_distribution<float> share(0, 1), side(4, 45);
  const float width = side(random), height = side(random);
  return {share(random) * static_cast<float>(picture.width) - width / 2,
          share(random) * static_cast<float>(picture.height) - height / 2, width, height};
}

}  // namespace faceveil::test
