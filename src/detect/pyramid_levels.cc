// Which levels a picture is looked at in.
#include <algorithm>
#include <cmath>

#include "base/check.h"
#include "detect/pyramid.h"

namespace faceveil {
namespace {

// Levels that differ by less show a network the same faces.
constexpr double factor_min = 1.15;

// Longer sides of the levels for one network, ascending.
std::vector<double> long_sides(int long_side, const NetworkLevels& network,
                               const PyramidOptions& options) {
  const double side_max =
      std::min<double>(options.long_side_max_px, options.enlargement_max * long_side);
  std::vector<double> sides;
  double listed_max = 0;
  for (const int listed : network.long_sides_px) {
    sides.push_back(std::min<double>(listed, side_max));
    listed_max = std::max<double>(listed_max, listed);
  }
  // From the one that shows the smallest face down to those listed.
  const double finest = long_side * network.face_seen_min_px / options.face_min_px;
  double side = std::min(finest, side_max);
  while (side > listed_max) {
    sides.push_back(side);
    side /= options.factor;
  }
  std::sort(sides.begin(), sides.end());
  return sides;
}

// Of levels that are almost the same, the finest.
std::vector<double> without_twins(const std::vector<double>& ascending) {
  std::vector<double> sides;
  for (const double side : ascending) {
    if (!sides.empty() && side < sides.back() * factor_min) sides.pop_back();
    sides.push_back(side);
  }
  return sides;
}

}  // namespace

std::vector<Level> levels_for(Size picture, const PyramidOptions& options) {
  CHECK(picture.width > 0 && picture.height > 0);
  CHECK(options.factor > factor_min && options.face_min_px > 0 && options.enlargement_max > 0);
  const int long_side = std::max(picture.width, picture.height);
  std::vector<Level> levels;
  for (size_t i = 0; i < options.networks.size(); ++i) {
    for (const double side : without_twins(long_sides(long_side, options.networks[i], options))) {
      for (const View& view : options.views) {
        levels.push_back({static_cast<int>(i), side / long_side, view});
      }
    }
  }
  return levels;
}

}  // namespace faceveil
