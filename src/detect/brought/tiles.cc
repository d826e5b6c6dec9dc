#include "detect/brought/tiles.h"

#include <cstddef>
#include <cstdint>
#include <limits>

namespace faceveil::brought {
namespace {

struct Interval {
  int start = 0;
  float core_begin = 0, core_end = 0;
};

constexpr float without_end = std::numeric_limits<float>::infinity();

std::vector<Interval> lay_intervals(int length, int tile) {
  if (length <= tile) return {{0, -without_end, without_end}};
  const int step_max = tile - tile / 4;
  const int count = (length - tile + step_max - 1) / step_max + 1;
  std::vector<Interval> intervals(static_cast<size_t>(count));
  for (int i = 0; i < count; ++i) {
    const int64_t start = int64_t{length - tile} * i / (count - 1);
    intervals[static_cast<size_t>(i)] = {static_cast<int>(start), -without_end, without_end};
  }
  for (size_t i = 1; i < intervals.size(); ++i) {
    const int overlap_begin = intervals[i].start, overlap_end = intervals[i - 1].start + tile;
    const float middle = static_cast<float>(overlap_begin + overlap_end) / 2;
    intervals[i - 1].core_end = intervals[i].core_begin = middle;
  }
  return intervals;
}

}  // namespace

bool Tile::owns(const Rect& box) const {
  const float x_centre = box.x + box.width / 2, y_centre = box.y + box.height / 2;
  return x_centre >= core_left && x_centre < core_right && y_centre >= core_top &&
         y_centre < core_bottom;
}

Tiling lay_tiles(Size picture, Size tile) {
  Tiling tiling{tile, {}};
  for (const Interval& y : lay_intervals(picture.height, tile.height)) {
    for (const Interval& x : lay_intervals(picture.width, tile.width)) {
      tiling.tiles.push_back(
          {x.start, y.start, x.core_begin, y.core_begin, x.core_end, y.core_end});
    }
  }
  return tiling;
}

}  // namespace faceveil::brought
