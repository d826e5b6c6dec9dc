#include "detect/strips.h"

#include <gtest/gtest.h>

#include <random>
#include <string>

namespace faceveil {
namespace {

int64_t pixels(const Part& part) { return int64_t{part.size.width} * part.size.height; }

// Between `seen` and `owned`, on the side where the picture goes on.
void expect_margin(int from_owned_to_seen, bool is_border, int reach_px) {
  if (is_border) return;
  EXPECT_GE(from_owned_to_seen, reach_px);
}

void expect_sound(const Strip& strip, Size picture, const StripRules& rules) {
  const auto& [seen, owned] = strip;
  EXPECT_GT(pixels(owned), 0);
  EXPECT_GE(seen.x, 0);
  EXPECT_GE(seen.y, 0);
  EXPECT_LE(seen.right(), picture.width);
  EXPECT_LE(seen.bottom(), picture.height);
  EXPECT_EQ(seen.x % rules.alignment_px, 0);
  EXPECT_EQ(seen.y % rules.alignment_px, 0);
  expect_margin(owned.x - seen.x, seen.x == 0, rules.reach_px);
  expect_margin(owned.y - seen.y, seen.y == 0, rules.reach_px);
  expect_margin(seen.right() - owned.right(), seen.right() == picture.width, rules.reach_px);
  expect_margin(seen.bottom() - owned.bottom(), seen.bottom() == picture.height, rules.reach_px);
}

TEST(Strips, OwnEveryPixelOnceAndSeeWhatTheyMust) {
  const uint32_t seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  const auto between = [&](int min, int max) {
    return std::uniform_int_distribution<int>(min, max)(random);
  };
  for (int i = 0; i < 200; ++i) {
    const Size picture{between(1, 300), between(1, 300)};
    const StripRules rules{between(1, 40'000), between(0, 50), 1 << between(0, 5)};
    std::vector<int> owners(static_cast<size_t>(picture.width * picture.height));
    for (const Strip& strip : strips_of(picture, rules)) {
      expect_sound(strip, picture, rules);
      for (int y = strip.owned.y; y < strip.owned.bottom(); ++y) {
        for (int x = strip.owned.x; x < strip.owned.right(); ++x) {
          ++owners[static_cast<size_t>(y * picture.width + x)];
        }
      }
    }
    EXPECT_EQ(owners, std::vector<int>(owners.size(), 1));
  }
}

TEST(Strips, StayWithinTheLimitWhereTheReachLeavesRoom) {
  const StripRules rules{2'500'000, 300, 32};
  for (const Size picture : {Size{20'000, 20'000}, Size{1, 60'000}, Size{60'000, 900},
                             Size{1500, 40'000}, Size{4000, 3000}}) {
    int64_t seen = 0;
    for (const Strip& strip : strips_of(picture, rules)) {
      EXPECT_LE(pixels(strip.seen), rules.pixels_max) << picture.width << "x" << picture.height;
      EXPECT_LE(std::max(strip.seen.size.width, strip.seen.size.height), 32'768);
      seen += pixels(strip.seen);
    }
    EXPECT_LE(seen, 3 * int64_t{picture.width} * picture.height);
  }
}

TEST(Strips, OfAPictureWithinTheLimitAreThePicture) {
  const auto strips = strips_of({1000, 800}, {800'000, 300, 32});
  ASSERT_EQ(strips.size(), 1u);
  EXPECT_EQ(strips[0].seen, (Part{0, 0, {1000, 800}}));
  EXPECT_EQ(strips[0].owned, strips[0].seen);
}

}  // namespace
}  // namespace faceveil
