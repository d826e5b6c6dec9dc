#include "redact/emoji.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>

#include "tests/support/drawn_pictures.h"

namespace faceveil {
namespace {

using Rgb = std::array<int, 3>;

Rgb pixel(const Image& image, int x, int y) {
  const uint8_t* p = image.row<uint8_t>(y) + x * 3;
  return {p[0], p[1], p[2]};
}

// On blue, which the face has nowhere.
Image drawn(Size size, const Rect& box, Shape shape = Shape::rectangle) {
  Image image = Image::create(PixelFormat::rgb8, size).value();
  for (int i = 0; i < size.width * size.height; ++i) image.row<uint8_t>(0)[i * 3 + 2] = 255;
  Region region;
  region.box = region.face = box;
  region.shape = shape;
  paint_emoji(image, region, spans_of(region, size));
  return image;
}

constexpr Rgb blue = {0, 0, 255};

bool is_yellow(const Rgb& c) { return c[0] > 200 && c[1] > 130 && c[2] < 150; }
bool is_dark(const Rgb& c) { return c[0] < 110 && c[1] < 80 && c[2] < 70; }

TEST(Emoji, HasTwoEyesAndASmileOnAYellowDisc) {
  for (const int side : {48, 100, 400, 1000}) {
    const Image image = drawn({side, side}, {0, 0, float(side), float(side)});
    const auto at = [&](float x, float y) {
      return pixel(image, int(float(side) * (1 + x) / 2), int(float(side) * (1 + y) / 2));
    };
    EXPECT_TRUE(is_dark(at(-0.33f, -0.16f))) << side;
    EXPECT_TRUE(is_dark(at(0.33f, -0.16f))) << side;
    EXPECT_TRUE(is_dark(at(0, 0.5f))) << side;  // The smile's lowest point.
    EXPECT_FALSE(is_dark(at(0, 0.2f))) << side;
    EXPECT_TRUE(is_yellow(at(0, 0))) << side;
    EXPECT_TRUE(is_yellow(at(0, 0.85f))) << side;
    EXPECT_EQ(at(-0.95f, -0.95f), blue) << side;  // Beyond the disc: as it was.
  }
}

// The face is a mirror of itself but for the light: coverage at the rim is, exactly.
TEST(Emoji, ItsRimIsSmoothAndSymmetric) {
  const int side = 201;
  const Image image = drawn({side, side}, {0, 0, float(side), float(side)});
  int soft = 0;
  for (int y = 0; y < side; ++y) {
    for (int x = 0; x < side; ++x) {
      const bool beyond = pixel(image, x, y) == blue;
      ASSERT_EQ(pixel(image, side - 1 - x, y) == blue, beyond) << x << "," << y;
      soft += !beyond && pixel(image, x, y)[2] > 155;  // White glints too, but few.
    }
  }
  // Of about one soft pixel for each of the circumference's 2 pi 100, those nearer to blue.
  EXPECT_GT(soft, 200);
  EXPECT_LT(soft, 800);
}

TEST(Emoji, StaysInTheMiddleOfALongRegion) {
  const Image image = drawn({300, 100}, {0, 0, 300, 100});
  EXPECT_EQ(pixel(image, 80, 50), blue);
  EXPECT_EQ(pixel(image, 220, 50), blue);
  EXPECT_TRUE(is_yellow(pixel(image, 150, 50)));
}

TEST(Emoji, TouchesOnlyItsSpans) {
  for (const Shape shape : {Shape::ellipse, Shape::rectangle}) {
    Region region;
    region.box = {-20, 30, 90, 60};
    region.shape = shape;
    const Image image = drawn({120, 100}, region.box, shape);
    std::vector<bool> inside(120 * 100);
    for (const Span& span : spans_of(region, {120, 100})) {
      for (int x = span.x_begin; x < span.x_end; ++x) inside[size_t(span.y * 120 + x)] = true;
    }
    for (int i = 0; i < 120 * 100; ++i) {
      if (!inside[size_t(i)]) {
        ASSERT_EQ(pixel(image, i % 120, i / 120), blue);
      }
    }
  }
}

TEST(Emoji, OfOnePixelIsThere) {
  for (const float side : {0.1f, 0.5f, 1.0f, 2.0f, 3.0f}) {
    const Image image = drawn({9, 9}, {4.3f, 4.3f, side, side}, Shape::ellipse);
    const int middle = int(4.3f + side / 2);
    EXPECT_NE(pixel(image, middle, middle), blue) << side;
  }
}

}  // namespace
}  // namespace faceveil
