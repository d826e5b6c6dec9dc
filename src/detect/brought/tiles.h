// A picture cut into overlapping tiles of one size, for networks whose input has a fixed or a
// largest size.
//
//   tile 0      +-------------+           Each place of the picture belongs to the core of one
//               |         |   |           tile: the cores meet in the middle of the overlaps. A
//   tile 1      |       +-|-----------+   candidate counts for the tile in whose core its anchor
//               +-------|-|---+       |   lies. So each is reported once, and a face whose middle
//                       | |           |   speaks for it is seen whole if it is no larger than the
//                       +-------------+   overlap, a quarter of the tile's side.
#pragma once

#include <vector>

#include "base/geometry.h"

namespace faceveil::brought {

struct Tile {
  int x = 0, y = 0;  // Where its top left pixel lies in the picture.
  // The core in pixels of the picture, half open; infinite where the tile has no neighbour.
  float core_left = 0, core_top = 0, core_right = 0, core_bottom = 0;

  bool owns(Point anchor) const;
};

// How far a tile lies from the next, along a side of so many pixels.
int tile_step(int side);

// Tiles of `tile` pixels over the whole picture, at multiples of tile_step() from its corner, so
// that a picture cut off by such a multiple has the same tiles. The last ones may reach over its
// border. All sides at least 1.
std::vector<Tile> lay_tiles(Size picture, Size tile);

}  // namespace faceveil::brought
