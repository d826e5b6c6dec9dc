// The smoothest surface through what is known around a hole: each filled value is the mean of its
// neighbours (Laplace's equation), so that it meets the surroundings without an edge and has no
// detail of its own. Reads nothing but known values, and of those only what lies at the rim.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/geometry.h"

namespace faceveil {

enum class Cell : uint8_t {
  absent,  // Beyond the picture, or of no interest: neither read nor written.
  known,
  wanted,
};

struct SamplePlane {
  Size size;
  std::vector<float> values;  // Row by row.
  std::vector<Cell> cells;

  explicit SamplePlane(Size);  // All absent, values 0.

  size_t index(int x, int y) const {
    return static_cast<size_t>(y) * static_cast<size_t>(size.width) + static_cast<size_t>(x);
  }
};

// Gives all wanted values. `fallback`: where nothing is known.
void fill_harmonically(SamplePlane&, float fallback);

}  // namespace faceveil
