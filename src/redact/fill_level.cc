#include "redact/fill_level.h"

#include <algorithm>

namespace faceveil {
namespace {

int tiles_of(int cells) { return (cells + FillLevel::tile_side - 1) / FillLevel::tile_side; }

}  // namespace

FillLevel::FillLevel(Size size)
    : size_(size),
      across_down_{tiles_of(size.width), tiles_of(size.height)},
      stride_(static_cast<size_t>(across_down_.width * tile_side + 2)),
      tiles_(static_cast<size_t>(across_down_.width) * static_cast<size_t>(across_down_.height)) {
  const size_t count = stride_ * static_cast<size_t>(across_down_.height * tile_side + 2);
  values.resize(count);
  cells.resize(count, Cell::absent);
}

FillLevel::FillLevel(const SamplePlane& plane) : FillLevel(plane.size) {
  for (int y = 0; y < size_.height; ++y) {
    const size_t from = plane.index(0, y), to = index(0, y);
    for (size_t x = 0; x < static_cast<size_t>(size_.width); ++x) {
      const Cell cell = plane.cells[from + x];
      cells[to + x] = cell;
      values[to + x] = cell == Cell::known ? plane.values[from + x] : 0;
    }
  }
  look_at_tiles();
}

void FillLevel::look_at_tiles() {
  for (int y = 0; y < across_down_.height; ++y) {
    for (int x = 0; x < across_down_.width; ++x) {
      tiles_[static_cast<size_t>(y) * static_cast<size_t>(across_down_.width) +
             static_cast<size_t>(x)] = look_at_tile(x, y);
    }
  }
}

FillLevel::Tile FillLevel::look_at_tile(int tile_x, int tile_y) const {
  int known = 0, wanted = 0;
  for (int y = 0; y < tile_side; ++y) {
    const Cell* row = cells.data() + index(tile_x * tile_side, tile_y * tile_side + y);
    for (int x = 0; x < tile_side; ++x) {
      known += row[x] == Cell::known;
      wanted += row[x] == Cell::wanted;
    }
  }
  return {known > 0, wanted > 0, wanted == tile_side * tile_side};
}

FillLevel::Tile FillLevel::tile_at(int x, int y) const {
  if (x < 0 || y < 0 || x >= across_down_.width || y >= across_down_.height) return {};
  return tiles_[static_cast<size_t>(y) * static_cast<size_t>(across_down_.width) +
                static_cast<size_t>(x)];
}

bool FillLevel::is_near_rim(int tile_x, int tile_y) const {
  for (int y = tile_y - 1; y <= tile_y + 1; ++y) {
    for (int x = tile_x - 1; x <= tile_x + 1; ++x) {
      if (tile_at(x, y).has_known) return true;
    }
  }
  return false;
}

bool FillLevel::is_deep(int tile_x, int tile_y) const {
  for (int y = tile_y - 1; y <= tile_y + 1; ++y) {
    for (int x = tile_x - 1; x <= tile_x + 1; ++x) {
      if (!tile_at(x, y).all_wanted) return false;
    }
  }
  return true;
}

void FillLevel::give_wanted(SamplePlane& plane) const {
  for (int y = 0; y < size_.height; ++y) {
    const size_t to = plane.index(0, y), from = index(0, y);
    for (size_t x = 0; x < static_cast<size_t>(size_.width); ++x) {
      if (cells[from + x] == Cell::wanted) plane.values[to + x] = values[from + x];
    }
  }
}

}  // namespace faceveil
