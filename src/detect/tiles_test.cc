#include "detect/brought/tiles.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace faceveil::brought {
namespace {

// On pictures and tiles drawn by lot: every tile lies in the picture, every place belongs to one
// core, and a box no larger than a quarter of the tile lies whole in the tile that owns it.
TEST(Tiles, EveryBoxBelongsToOneTileThatSeesItWhole) {
  const uint32_t seed = std::random_device()();
  std::mt19937 random(seed);
  const auto draw = [&](int low, int high) {
    return low + static_cast<int>(random() % static_cast<uint32_t>(high - low + 1));
  };
  for (int round = 0; round < 300; ++round) {
    const Size picture = {draw(1, 2000), draw(1, 2000)}, tile = {draw(8, 700), draw(8, 700)};
    const Tiling tiling = lay_tiles(picture, tile);
    EXPECT_EQ(tiling.tile, tile);
    for (const Tile& t : tiling.tiles) {
      EXPECT_TRUE(t.x >= 0 && (t.x == 0 || t.x + tile.width <= picture.width)) << seed;
      EXPECT_TRUE(t.y >= 0 && (t.y == 0 || t.y + tile.height <= picture.height)) << seed;
    }
    for (int i = 0; i < 20; ++i) {
      const int width = draw(1, std::min(tile.width / 4, picture.width));
      const int height = draw(1, std::min(tile.height / 4, picture.height));
      const int x = draw(0, picture.width - width), y = draw(0, picture.height - height);
      const Rect box = {static_cast<float>(x), static_cast<float>(y), static_cast<float>(width),
                        static_cast<float>(height)};
      int owners = 0;
      for (const Tile& t : tiling.tiles) {
        if (!t.owns(box)) continue;
        ++owners;
        EXPECT_TRUE(x >= t.x && x + width <= t.x + tile.width && y >= t.y &&
                    y + height <= t.y + tile.height)
            << "seed " << seed << " round " << round;
      }
      EXPECT_EQ(owners, 1) << "seed " << seed << " round " << round;
    }
  }
}

TEST(Tiles, ASmallPictureIsOneTile) {
  EXPECT_EQ(lay_tiles({640, 640}, {640, 640}).tiles.size(), 1u);
  EXPECT_EQ(lay_tiles({641, 640}, {640, 640}).tiles.size(), 2u);
  EXPECT_EQ(lay_tiles({1, 1}, {640, 640}).tiles.size(), 1u);
  // 480 new pixels a tile: 640, 1120, 1600.
  EXPECT_EQ(lay_tiles({1600, 100}, {640, 640}).tiles.size(), 3u);
}

}  // namespace
}  // namespace faceveil::brought
