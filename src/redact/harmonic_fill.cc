// From coarse to fine: the hole is solved at half the size first, and so on down to a few cells;
// that solution, enlarged, is already right wherever the rim is far away, so that at each size only
// the tiles along the rim need work. Tiles without a rim cost next to nothing.
#include "redact/harmonic_fill.h"

#include <algorithm>
#include <array>

#include "redact/fill_level.h"

namespace faceveil {
namespace {

constexpr int tile = FillLevel::tile_side;
constexpr int coarsest_side = 4;
constexpr int coarsest_sweeps = 32;
constexpr int sweep_count = 4;

// One cell of the half-size level from four of the fine one, whose first is `i`. One known cell
// among them makes it known: a rim must not get lost.
void set_halved(const FillLevel& fine, size_t i, FillLevel& coarse, size_t j) {
  float sum = 0, count = 0;
  bool is_wanted = false;
  for (const size_t k : {i, i + 1, i + fine.stride(), i + fine.stride() + 1}) {
    is_wanted |= fine.cells[k] == Cell::wanted;
    if (fine.cells[k] != Cell::known) continue;
    sum += fine.values[k];
    count += 1;
  }
  coarse.cells[j] = count > 0 ? Cell::known : is_wanted ? Cell::wanted : Cell::absent;
  if (count > 0) coarse.values[j] = sum / count;
}

FillLevel halved(const FillLevel& fine) {
  FillLevel coarse({(fine.size().width + 1) / 2, (fine.size().height + 1) / 2});
  fine.for_each_tile([&](int tile_x, int tile_y, FillLevel::Tile kind) {
    if (!kind.has_known && !kind.has_wanted) return;
    for (int y = tile_y * tile; y < (tile_y + 1) * tile; y += 2) {
      const size_t i = fine.index(tile_x * tile, y), j = coarse.index(tile_x * tile / 2, y / 2);
      for (size_t x = 0; x < tile / 2; ++x) {
        if (kind.all_wanted) {
          coarse.cells[j + x] = Cell::wanted;
        } else {
          set_halved(fine, i + 2 * x, coarse, j + x);
        }
      }
    }
  });
  coarse.look_at_tiles();
  return coarse;
}

// The coarse surface is taken at the centres of fine cells: bilinear, with shares of 3/4 for the
// cell that a fine cell lies in and 1/4 for the next one.
constexpr float near = 0.75f, far = 0.25f;

// Where some coarse cells may be absent: they weigh nothing. `own` is there, so there is weight.
float mixed(const FillLevel& coarse, size_t own, ptrdiff_t step_x, ptrdiff_t step_y) {
  const size_t beside = own + static_cast<size_t>(step_x),
               below = own + static_cast<size_t>(step_y);
  float sum = 0, weights = 0;
  const auto add = [&](size_t i, float weight) {
    if (coarse.cells[i] == Cell::absent) return;
    sum += weight * coarse.values[i];
    weights += weight;
  };
  add(own, near * near);
  add(beside, near * far);
  add(below, near * far);
  add(below + static_cast<size_t>(step_x), far * far);
  return sum / weights;
}

void enlarge_rim_tile(const FillLevel& coarse, int tile_x, int tile_y, FillLevel& fine) {
  const auto down = static_cast<ptrdiff_t>(coarse.stride());
  for (int y = tile_y * tile; y < (tile_y + 1) * tile; ++y) {
    for (int x = tile_x * tile; x < (tile_x + 1) * tile; ++x) {
      const size_t i = fine.index(x, y);
      if (fine.cells[i] != Cell::wanted) continue;
      fine.values[i] =
          mixed(coarse, coarse.index(x / 2, y / 2), x % 2 ? 1 : -1, y % 2 ? down : -down);
    }
  }
}

// With nothing but wanted cells around: no question is asked.
void enlarge_deep_tile(const FillLevel& coarse, int tile_x, int tile_y, FillLevel& fine) {
  constexpr size_t half = tile / 2;
  for (int y = tile_y * tile; y < (tile_y + 1) * tile; ++y) {
    const size_t left = coarse.index(tile_x * tile / 2, y / 2) - 1;
    const float* own = coarse.values.data() + left;
    const float* next = y % 2 ? own + coarse.stride() : own - coarse.stride();
    std::array<float, half + 2> row;
    for (size_t x = 0; x < row.size(); ++x) row[x] = near * own[x] + far * next[x];
    float* out = fine.values.data() + fine.index(tile_x * tile, y);
    for (size_t x = 0; x < half; ++x) {
      out[2 * x] = near * row[x + 1] + far * row[x];
      out[2 * x + 1] = near * row[x + 1] + far * row[x + 2];
    }
  }
}

void enlarge(const FillLevel& coarse, FillLevel& fine) {
  fine.for_each_tile([&](int x, int y, FillLevel::Tile kind) {
    if (!kind.has_wanted) return;
    if (fine.is_deep(x, y)) {
      enlarge_deep_tile(coarse, x, y, fine);
    } else {
      enlarge_rim_tile(coarse, x, y, fine);
    }
  });
}

// A tile that needs work, and for each cell 1 / (how many of its four neighbours are there); 0 for
// cells that are not wanted.
struct RimTile {
  size_t first;
  std::array<std::array<float, tile>, tile> shares;
};

float share_at(const FillLevel& level, size_t i) {
  if (level.cells[i] != Cell::wanted) return 0;
  int count = 0;
  for (const size_t k : {i - 1, i + 1, i - level.stride(), i + level.stride()}) {
    count += level.cells[k] != Cell::absent;
  }
  return count > 0 ? 1 / static_cast<float>(count) : 0;
}

std::vector<RimTile> rim_tiles(const FillLevel& level) {
  std::vector<RimTile> tiles;
  level.for_each_tile([&](int tile_x, int tile_y, FillLevel::Tile kind) {
    if (!kind.has_wanted || !level.is_near_rim(tile_x, tile_y)) return;
    RimTile& made = tiles.emplace_back();
    made.first = level.index(tile_x * tile, tile_y * tile);
    for (size_t y = 0; y < tile; ++y) {
      for (size_t x = 0; x < tile; ++x) {
        made.shares[y][x] = share_at(level, made.first + y * level.stride() + x);
      }
    }
  });
  return tiles;
}

// Gives every second cell of the tile, as on a chessboard, the mean of its neighbours. The others
// are computed in vain, which costs less than to leave them out. Absent cells are 0.
void relax(FillLevel& level, const RimTile& rim, size_t colour) {
  const size_t stride = level.stride();
  for (size_t y = 0; y < tile; ++y) {
    float* row = level.values.data() + rim.first + y * stride;
    const float *above = row - stride, *below = row + stride;
    const std::array<float, tile>& shares = rim.shares[y];
    std::array<float, tile> means;
    for (size_t x = 0; x < tile; ++x) {
      means[x] =
          (row[static_cast<ptrdiff_t>(x) - 1] + row[x + 1] + above[x] + below[x]) * shares[x];
    }
    for (size_t x = 0; x < tile; ++x) {
      row[x] = (x + y) % 2 == colour && shares[x] > 0 ? means[x] : row[x];
    }
  }
}

// Gauss and Seidel's iteration on a chessboard: no side is preferred, and the tiles' order does not
// matter.
void smooth(FillLevel& level, int sweeps) {
  const std::vector<RimTile> tiles = rim_tiles(level);
  for (int half_sweep = 0; half_sweep < 2 * sweeps; ++half_sweep) {
    for (const RimTile& one : tiles) relax(level, one, static_cast<size_t>(half_sweep % 2));
  }
}

float mean_of_known(const FillLevel& level, float fallback) {
  float sum = 0, count = 0;
  for (size_t i = 0; i < level.cells.size(); ++i) {
    if (level.cells[i] != Cell::known) continue;
    sum += level.values[i];
    count += 1;
  }
  return count > 0 ? sum / count : fallback;
}

void fill_at_once(FillLevel& level, float fallback) {
  const float mean = mean_of_known(level, fallback);
  for (size_t i = 0; i < level.cells.size(); ++i) {
    if (level.cells[i] == Cell::wanted) level.values[i] = mean;
  }
  smooth(level, coarsest_sweeps);
}

void fill(FillLevel& level, float fallback) {
  if (std::max(level.size().width, level.size().height) <= coarsest_side) {
    return fill_at_once(level, fallback);
  }
  FillLevel coarse = halved(level);
  fill(coarse, fallback);
  enlarge(coarse, level);
  smooth(level, sweep_count);
}

}  // namespace

SamplePlane::SamplePlane(Size s)
    : size(s),
      values(static_cast<size_t>(s.width) * static_cast<size_t>(s.height)),
      cells(values.size(), Cell::absent) {}

void fill_harmonically(SamplePlane& plane, float fallback) {
  FillLevel level(plane);
  fill(level, fallback);
  level.give_wanted(plane);
}

}  // namespace faceveil
