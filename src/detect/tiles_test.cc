#include "detect/brought/tiles.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace faceveil::brought {
namespace {

// On pictures and tiles drawn by lot: every anchor belongs to one tile, which holds it, and a box
// around it no larger than a quarter of the tile (the overlap) lies whole in that tile.
TEST(Tiles, EveryAnchorBelongsToOneTileThatSeesWhatIsAroundIt) {
  const uint32_t seed = std::random_device()();
  std::mt19937 random(seed);
  const auto draw = [&](int low, int high) {
    return low + static_cast<int>(random() % static_cast<uint32_t>(high - low + 1));
  };
  for (int round = 0; round < 300; ++round) {
    const Size picture = {draw(1, 2000), draw(1, 2000)}, tile = {draw(8, 700), draw(8, 700)};
    const std::vector<Tile> tiles = lay_tiles(picture, tile);
    for (int i = 0; i < 20; ++i) {
      const int width = draw(1, std::min(tile.width / 4, picture.width));
      const int height = draw(1, std::min(tile.height / 4, picture.height));
      const int x = draw(0, picture.width - width), y = draw(0, picture.height - height);
      const Point middle = {static_cast<float>(2 * x + width) / 2,
                            static_cast<float>(2 * y + height) / 2};
      int owners = 0;
      for (const Tile& t : tiles) {
        if (!t.owns(middle)) continue;
        ++owners;
        EXPECT_TRUE(x >= t.x && x + width <= t.x + tile.width && y >= t.y &&
                    y + height <= t.y + tile.height)
            << "seed " << seed << " round " << round;
      }
      EXPECT_EQ(owners, 1) << "seed " << seed << " round " << round;
    }
  }
}

TEST(Tiles, AreAsFewAsTheOverlapAllows) {
  EXPECT_EQ(lay_tiles({640, 640}, {640, 640}).size(), 1u);
  EXPECT_EQ(lay_tiles({641, 640}, {640, 640}).size(), 2u);
  EXPECT_EQ(lay_tiles({1, 1}, {640, 640}).size(), 1u);
  // 480 new pixels a tile: 640, 1120, 1600.
  EXPECT_EQ(lay_tiles({1600, 100}, {640, 640}).size(), 3u);
  EXPECT_EQ(lay_tiles({1601, 100}, {640, 640}).size(), 4u);
}

}  // namespace
}  // namespace faceveil::brought
