// A picture cut into overlapping tiles of one size, for networks whose input has a fixed or a
// largest size.
//
//   tile 0      +-------------+           Each place of the picture belongs to the core of one
//               |         |   |           tile: the cores meet in the middle of the overlaps. A
//   tile 1      |       +-|-----------+   candidate counts for the tile in whose core its centre
//               +-------|-|---+       |   lies. So each face is reported once, and one no larger
//                       | |           |   than the overlap is whole in the tile that reports it.
//                       +-------------+
#pragma once

#include <vector>

#include "base/geometry.h"

namespace faceveil::brought {

struct Tile {
  int x = 0, y = 0;  // Where its top left pixel lies in the picture.
  // The core in pixels of the picture, half open; infinite where the tile has no neighbour.
  float core_left = 0, core_top = 0, core_right = 0, core_bottom = 0;

  bool owns(const Rect& box) const;  // Whether the box's centre lies in the core.
};

struct Tiling {
  Size tile;  // Of every tile; larger than the picture where that is smaller.
  std::vector<Tile> tiles;
};

// Tiles of `tile` pixels over the whole picture, overlapping by at least a quarter of the tile's
// side, as few and as evenly laid as that allows. All sides at least 1.
Tiling lay_tiles(Size picture, Size tile);

}  // namespace faceveil::brought
