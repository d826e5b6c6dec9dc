// From coarse to fine: the hole is solved at half the size first, and so on down to a few cells;
// that solution, enlarged, is already right wherever the rim is far away, so that at each size only
// a band along the rim needs work.
#include "redact/harmonic_fill.h"

#include <algorithm>
#include <array>

namespace faceveil {
namespace {

constexpr int coarsest_side = 4;
constexpr int coarsest_sweeps = 32;
constexpr int sweep_count = 8;
constexpr uint8_t band_cells = 8;  // Finer detail of the rim has faded (by exp(-pi)) at this depth.

// One cell of the half-size plane from up to four of the fine one. One known cell among them makes
// it known: a rim must not get lost.
void set_halved(const SamplePlane& fine, int x, int y, SamplePlane& coarse) {
  float sum = 0, count = 0;
  bool is_wanted = false;
  for (int v = 2 * y; v < std::min(2 * y + 2, fine.size.height); ++v) {
    for (int u = 2 * x; u < std::min(2 * x + 2, fine.size.width); ++u) {
      const size_t i = fine.index(u, v);
      is_wanted |= fine.cells[i] == Cell::wanted;
      if (fine.cells[i] != Cell::known) continue;
      sum += fine.values[i];
      count += 1;
    }
  }
  const size_t j = coarse.index(x, y);
  coarse.cells[j] = count > 0 ? Cell::known : is_wanted ? Cell::wanted : Cell::absent;
  if (count > 0) coarse.values[j] = sum / count;
}

SamplePlane halved(const SamplePlane& fine) {
  SamplePlane coarse({(fine.size.width + 1) / 2, (fine.size.height + 1) / 2});
  for (int y = 0; y < coarse.size.height; ++y) {
    for (int x = 0; x < coarse.size.width; ++x) set_halved(fine, x, y, coarse);
  }
  return coarse;
}

// A row of the coarse surface between two of its rows, and how much of it is there: absent cells
// weigh nothing. One cell more at either end spares the question whether there is a neighbour.
struct MixedRow {
  std::vector<float> sums, weights;

  explicit MixedRow(int width)
      : sums(static_cast<size_t>(width) + 2), weights(static_cast<size_t>(width) + 2) {}

  void add(const SamplePlane& coarse, int y, float share) {
    if (y < 0 || y >= coarse.size.height) return;
    const size_t first = coarse.index(0, y);
    const float* const values = coarse.values.data() + first;
    const Cell* const cells = coarse.cells.data() + first;
    for (int x = 0; x < coarse.size.width; ++x) {
      const float weight = cells[x] == Cell::absent ? 0 : share;
      sums[static_cast<size_t>(x) + 1] += weight * values[x];
      weights[static_cast<size_t>(x) + 1] += weight;
    }
  }
};

// The coarse surface at the centres of the wanted fine cells: bilinear, with shares of 3/4 for the
// cell that a fine cell lies in and 1/4 for the next one.
void enlarge(const SamplePlane& coarse, SamplePlane& fine) {
  constexpr float near = 0.75f, far = 0.25f;
  for (int y = 0; y < fine.size.height; ++y) {
    MixedRow row(coarse.size.width);
    row.add(coarse, y / 2, near);
    row.add(coarse, y % 2 ? y / 2 + 1 : y / 2 - 1, far);
    const size_t first = fine.index(0, y);
    for (int x = 0; x < fine.size.width; ++x) {
      const size_t i = first + static_cast<size_t>(x);
      if (fine.cells[i] != Cell::wanted) continue;
      const size_t own = static_cast<size_t>(x / 2) + 1, next = x % 2 ? own + 1 : own - 1;
      // The wanted cell's own coarse cell is there, so there is weight.
      fine.values[i] = (near * row.sums[own] + far * row.sums[next]) /
                       (near * row.weights[own] + far * row.weights[next]);
    }
  }
}

// Steps to the next known cell along rows and columns, at most band_cells + 1.
std::vector<uint8_t> depths(const SamplePlane& plane) {
  const auto [width, height] = plane.size;
  std::vector<uint8_t> depth(plane.cells.size(), band_cells + 1);
  const auto lower = [&](size_t i, size_t neighbour) {
    depth[i] = std::min<uint8_t>(depth[i], static_cast<uint8_t>(depth[neighbour] + 1));
  };
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      const size_t i = plane.index(x, y);
      if (plane.cells[i] == Cell::known) depth[i] = 0;
      if (x > 0) lower(i, i - 1);
      if (y > 0) lower(i, i - static_cast<size_t>(width));
    }
  }
  for (int y = height - 1; y >= 0; --y) {
    for (int x = width - 1; x >= 0; --x) {
      const size_t i = plane.index(x, y);
      if (x + 1 < width) lower(i, i + 1);
      if (y + 1 < height) lower(i, i + static_cast<size_t>(width));
    }
  }
  return depth;
}

// A wanted cell and those of its four neighbours that are there.
struct Stencil {
  size_t cell;
  std::array<size_t, 4> neighbours;
  uint8_t count = 0;
};

Stencil stencil_at(const SamplePlane& plane, int x, int y) {
  Stencil stencil{plane.index(x, y), {}, 0};
  constexpr std::array<std::array<int, 2>, 4> steps = {{{-1, 0}, {1, 0}, {0, -1}, {0, 1}}};
  for (const auto& [dx, dy] : steps) {
    const int u = x + dx, v = y + dy;
    if (u < 0 || v < 0 || u >= plane.size.width || v >= plane.size.height) continue;
    const size_t i = plane.index(u, v);
    if (plane.cells[i] != Cell::absent) stencil.neighbours[stencil.count++] = i;
  }
  return stencil;
}

std::vector<Stencil> stencils_of(const SamplePlane& plane) {
  const std::vector<uint8_t> depth = depths(plane);
  const bool is_small = std::max(plane.size.width, plane.size.height) <= 2 * band_cells;
  std::vector<Stencil> stencils;
  for (int y = 0; y < plane.size.height; ++y) {
    for (int x = 0; x < plane.size.width; ++x) {
      const size_t i = plane.index(x, y);
      if (plane.cells[i] != Cell::wanted || (!is_small && depth[i] > band_cells)) continue;
      const Stencil stencil = stencil_at(plane, x, y);
      if (stencil.count > 0) stencils.push_back(stencil);
    }
  }
  return stencils;
}

void relax(SamplePlane& plane, const Stencil& stencil) {
  float sum = 0;
  for (uint8_t i = 0; i < stencil.count; ++i) sum += plane.values[stencil.neighbours[i]];
  plane.values[stencil.cell] = sum / static_cast<float>(stencil.count);
}

// Gauss and Seidel's iteration, to and fro, so that no side is preferred.
void smooth(SamplePlane& plane, int sweeps) {
  const std::vector<Stencil> stencils = stencils_of(plane);
  for (int sweep = 0; sweep < sweeps; ++sweep) {
    if (sweep % 2 == 0) {
      for (auto at = stencils.begin(); at != stencils.end(); ++at) relax(plane, *at);
    } else {
      for (auto at = stencils.rbegin(); at != stencils.rend(); ++at) relax(plane, *at);
    }
  }
}

float mean_of_known(const SamplePlane& plane, float fallback) {
  float sum = 0, count = 0;
  for (size_t i = 0; i < plane.cells.size(); ++i) {
    if (plane.cells[i] != Cell::known) continue;
    sum += plane.values[i];
    count += 1;
  }
  return count > 0 ? sum / count : fallback;
}

void fill_at_once(SamplePlane& plane, float fallback) {
  const float mean = mean_of_known(plane, fallback);
  for (size_t i = 0; i < plane.cells.size(); ++i) {
    if (plane.cells[i] == Cell::wanted) plane.values[i] = mean;
  }
  smooth(plane, coarsest_sweeps);
}

}  // namespace

SamplePlane::SamplePlane(Size s)
    : size(s),
      values(static_cast<size_t>(s.width) * static_cast<size_t>(s.height)),
      cells(values.size(), Cell::absent) {}

void fill_harmonically(SamplePlane& plane, float fallback) {
  if (std::max(plane.size.width, plane.size.height) <= coarsest_side) {
    return fill_at_once(plane, fallback);
  }
  SamplePlane coarse = halved(plane);
  fill_harmonically(coarse, fallback);
  enlarge(coarse, plane);
  smooth(plane, sweep_count);
}

}  // namespace faceveil
