#include "detect/brought/tiles.h"

#include <cstddef>
#include <limits>

namespace faceveil::brought {
namespace {

struct Interval {
  int start = 0;
  float core_begin = 0, core_end = 0;
};

std::vector<Interval> lay_intervals(int length, int side) {
  constexpr float without_end = std::numeric_limits<float>::infinity();
  std::vector<Interval> intervals = {{0, -without_end, without_end}};
  const int step = tile_step(side), overlap = side - step;
  while (intervals.back().start + side < length) {
    const int start = intervals.back().start + step;
    const float middle = static_cast<float>(start) + static_cast<float>(overlap) / 2;
    intervals.back().core_end = middle;
    intervals.push_back({start, middle, without_end});
  }
  return intervals;
}

}  // namespace

bool Tile::owns(Point anchor) const {
  return anchor.x >= core_left && anchor.x < core_right && anchor.y >= core_top &&
         anchor.y < core_bottom;
}

int tile_step(int side) { return side - side / 4; }

std::vector<Tile> lay_tiles(Size picture, Size tile) {
  std::vector<Tile> tiles;
  for (const Interval& y : lay_intervals(picture.height, tile.height)) {
    for (const Interval& x : lay_intervals(picture.width, tile.width)) {
      tiles.push_back({x.start, y.start, x.core_begin, y.core_begin, x.core_end, y.core_end});
    }
  }
  return tiles;
}

}  // namespace faceveil::brought
