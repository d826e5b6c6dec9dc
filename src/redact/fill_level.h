// One size of a hole that is being filled, cut into tiles so that what lies far from the hole's rim
// can be told at a glance. Private to harmonic_fill.
#pragma once

#include <vector>

#include "redact/harmonic_fill.h"

namespace faceveil {

class FillLevel {
 public:
  static constexpr int tile_side = 8;

  struct Tile {
    bool has_known = false, has_wanted = false, all_wanted = false;
  };

  explicit FillLevel(Size);  // All absent.
  explicit FillLevel(const SamplePlane&);

  Size size() const { return size_; }

  // Of a row, in cells. There is a frame of absent cells around the whole tiles, so that every cell
  // of a tile has four neighbours.
  size_t stride() const { return stride_; }
  size_t index(int x, int y) const {
    return static_cast<size_t>(y + 1) * stride_ + static_cast<size_t>(x + 1);
  }

  // To be called once the cells are set.
  void look_at_tiles();

  // Calls work(tile_x, tile_y, Tile).
  template <typename Work>
  void for_each_tile(Work work) const {
    for (int y = 0; y < across_down_.height; ++y) {
      for (int x = 0; x < across_down_.width; ++x) work(x, y, tile_at(x, y));
    }
  }

  bool is_near_rim(int tile_x, int tile_y) const;  // A known cell is in it or in a tile beside it.
  bool is_deep(int tile_x, int tile_y) const;  // All cells of it and the tiles beside are wanted.

  void give_wanted(SamplePlane&) const;

  std::vector<float> values;  // 0 where absent.
  std::vector<Cell> cells;

 private:
  Tile tile_at(int x, int y) const;  // Also one beyond the border: an empty one.
  Tile look_at_tile(int x, int y) const;

  Size size_, across_down_;  // In cells; in tiles.
  size_t stride_;
  std::vector<Tile> tiles_;
};

}  // namespace faceveil
