#include "detect/view.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <random>
#include <string>

#include "tests/support/drawn_pictures.h"

namespace faceveil {
namespace {

Image drawn(const Image& picture, Size level, View view) {
  const Halvings halvings = *Halvings::create(picture, level, 1);
  const ViewMap map(level, view);
  auto image = draw_view(halvings, map, {0, 0, map.canvas()});
  EXPECT_TRUE(image.has_value());
  return std::move(*image);
}

const uint8_t* pixel(const Image& image, int x, int y) {
  return image.row<uint8_t>(y) + ptrdiff_t{x} * 3;
}

TEST(View, TurnsClockwiseAndMirrorsFirst) {
  const Image picture = test::noise_picture(PixelFormat::rgb8, {5, 3}, 1);
  const auto expect_at = [&](View view, Size canvas, int x, int y) {
    const Image image = drawn(picture, {5, 3}, view);
    ASSERT_EQ(image.size(), canvas);
    // The picture's top left pixel.
    EXPECT_EQ(std::memcmp(pixel(image, x, y), pixel(picture, 0, 0), 3), 0)
        << view.is_mirrored << " " << view.angle_degrees;
  };
  expect_at({false, 90}, {3, 5}, 2, 0);
  expect_at({false, 180}, {5, 3}, 4, 2);
  expect_at({false, 270}, {3, 5}, 0, 4);
  expect_at({false, -90}, {3, 5}, 0, 4);
  expect_at({true, 0}, {5, 3}, 4, 0);
  expect_at({true, 90}, {3, 5}, 2, 4);
}

TEST(View, OfRightAnglesMovesEveryPixelToItsPlace) {
  const Image picture = test::noise_picture(PixelFormat::rgb8, {31, 17}, 2);
  for (const bool is_mirrored : {false, true}) {
    for (const float angle : {0.0f, 90.0f, 180.0f, 270.0f, 360.0f, -450.0f}) {
      const ViewMap map({31, 17}, {is_mirrored, angle});
      ASSERT_TRUE(map.is_exact());
      const Image image = drawn(picture, {31, 17}, {is_mirrored, angle});
      for (int y = 0; y < image.size().height; ++y) {
        for (int x = 0; x < image.size().width; ++x) {
          const Point from =
              map.to_level(Point{static_cast<float>(x) + 0.5f, static_cast<float>(y) + 0.5f});
          ASSERT_EQ(
              std::memcmp(pixel(image, x, y),
                          pixel(picture, static_cast<int>(from.x), static_cast<int>(from.y)), 3),
              0);
        }
      }
    }
  }
}

// The plain version of any other angle: each pixel by its place, from the level as a whole.
double bilinear(const Image& level, double x, double y, int colour) {
  const auto at = [&](double column, double row) {
    const int i = std::clamp(static_cast<int>(column), 0, level.size().width - 1);
    const int j = std::clamp(static_cast<int>(row), 0, level.size().height - 1);
    return static_cast<double>(pixel(level, i, j)[colour]);
  };
  const double left = std::floor(x - 0.5), top = std::floor(y - 0.5);
  const double u = x - 0.5 - left, v = y - 0.5 - top;
  return (1 - v) * ((1 - u) * at(left, top) + u * at(left + 1, top)) +
         v * ((1 - u) * at(left, top + 1) + u * at(left + 1, top + 1));
}

TEST(View, OfOtherAnglesLiesBetweenThePixelsAndIsBlackBeside) {
  const Image picture = test::noise_picture(PixelFormat::rgb8, {40, 30}, 3);
  for (const View view : {View{false, 30}, View{true, -30}, View{false, 200.5f}}) {
    const ViewMap map({40, 30}, view);
    const Image image = drawn(picture, {40, 30}, view);
    for (int y = 0; y < image.size().height; ++y) {
      for (int x = 0; x < image.size().width; ++x) {
        const double u = map.level_x(x + 0.5, y + 0.5), v = map.level_y(x + 0.5, y + 0.5);
        const bool is_beside = u < 0 || u >= 40 || v < 0 || v >= 30;
        for (int c = 0; c < 3; ++c) {
          const double expected = is_beside ? 0 : bilinear(picture, u, v, c);
          ASSERT_NEAR(pixel(image, x, y)[c], expected, 0.51) << view.angle_degrees;
        }
      }
    }
  }
}

TEST(View, PartsAreThoseOfTheWhole) {
  const uint32_t seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  const auto between = [&](int min, int max) {
    return std::uniform_int_distribution<int>(min, max)(random);
  };
  const Image picture = test::noise_picture(PixelFormat::rgb8, {120, 90}, 4);
  const Size level{80, 60};
  const Halvings halvings = *Halvings::create(picture, level, 1);
  for (int i = 0; i < 60; ++i) {
    const View view{between(0, 1) == 1, static_cast<float>(between(-12, 12) * 30)};
    const ViewMap map(level, view);
    const Image whole = drawn(picture, level, view);
    Part part{between(0, map.canvas().width - 1), between(0, map.canvas().height - 1), {}};
    part.size = {between(1, map.canvas().width - part.x), between(1, map.canvas().height - part.y)};
    const Image some = *draw_view(halvings, map, part);
    for (int y = 0; y < part.size.height; ++y) {
      ASSERT_EQ(std::memcmp(some.row<uint8_t>(y), pixel(whole, part.x, part.y + y),
                            static_cast<size_t>(part.size.width) * 3),
                0)
          << view.angle_degrees;
    }
  }
}

TEST(View, TakesBoxesAndKeypointsBack) {
  const Size level{100, 60};
  Candidate seen;
  seen.box = {10, 20, 8, 4};
  seen.logit = 3;
  seen.keypoints = Keypoints{Point{1, 2}, {3, 4}, {5, 6}, {7, 8}, {9, 10}, {11, 12}};
  const Candidate mirrored = ViewMap(level, {true, 0}).to_level(seen);
  EXPECT_EQ(mirrored.box, (Rect{82, 20, 8, 4}));
  EXPECT_EQ(mirrored.keypoints,
            (Keypoints{Point{97, 4}, {99, 2}, {95, 6}, {93, 8}, {89, 12}, {91, 10}}));
  EXPECT_EQ(mirrored.logit, 3);
  // The canvas is 60 x 100; its top right corner is the level's top left one.
  const Candidate turned = ViewMap(level, {false, 90}).to_level(seen);
  EXPECT_EQ(turned.box, (Rect{20, 60 - 18, 4, 8}));
  EXPECT_EQ((*turned.keypoints)[0], (Point{2, 59}));
}

TEST(View, KeepsMiddleAndAreaOfABoxAtAnyAngle) {
  const Size level{100, 60};
  for (const float angle : {30.0f, -30.0f, 45.0f, 211.0f}) {
    for (const bool is_mirrored : {false, true}) {
      const ViewMap map(level, {is_mirrored, angle});
      Candidate seen;
      seen.box = {20, 30, 9, 16};
      const Rect box = map.to_level(seen).box;
      const Point middle = map.to_level(Point{24.5f, 38});
      EXPECT_NEAR(box.x + box.width / 2, middle.x, 1e-4);
      EXPECT_NEAR(box.y + box.height / 2, middle.y, 1e-4);
      EXPECT_NEAR(box.width, 12, 1e-4);
      EXPECT_NEAR(box.height, 12, 1e-4);
      // Middles meet.
      const Point centre = map.to_level(Point{static_cast<float>(map.canvas().width) / 2,
                                              static_cast<float>(map.canvas().height) / 2});
      EXPECT_NEAR(centre.x, 50, 1e-4);
      EXPECT_NEAR(centre.y, 30, 1e-4);
    }
  }
}

}  // namespace
}  // namespace faceveil
