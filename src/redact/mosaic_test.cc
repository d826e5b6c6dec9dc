#include "redact/mosaic.h"

#include <gtest/gtest.h>

#include <cmath>
#include <set>

#include "redact/colour.h"
#include "tests/support/drawn_pictures.h"

namespace faceveil {
namespace {

std::vector<Span> rectangle(Rect box, Size picture) {
  Region region;
  region.box = box;
  region.shape = Shape::rectangle;
  return spans_of(region, picture);
}

TEST(Mosaic, LeavesAtMostThirtySixColoursOfFiveBits) {
  Image image = test::noise_picture(PixelFormat::rgb8, {120, 90}, 3);
  const auto spans = rectangle({10, 10, 100, 70}, image.size());
  paint_mosaic(image, spans);
  std::set<std::array<uint8_t, 3>> colours;
  for (const Span& span : spans) {
    for (int x = span.x_begin; x < span.x_end; ++x) {
      const uint8_t* pixel = image.row<uint8_t>(span.y) + x * 3;
      colours.insert({pixel[0], pixel[1], pixel[2]});
      for (int c = 0; c < 3; ++c) {
        const double level = pixel[c] / 255.0 * (mosaic_levels - 1);
        EXPECT_NEAR(level, std::round(level), 0.07);  // 255 / 31 is not whole.
      }
    }
  }
  EXPECT_LE(colours.size(), 36u);
  EXPECT_GT(colours.size(), 4u);
}

TEST(Mosaic, BlocksAreTrueMeans) {
  Image image = Image::create(PixelFormat::gray8, {24, 24}).value();
  // Left half 0, right half 248: means of whole blocks are 0 and 248 (30.15 of 31 levels: 247).
  for (int y = 0; y < 24; ++y) {
    for (int x = 12; x < 24; ++x) image.row<uint8_t>(y)[x] = 248;
  }
  paint_mosaic(image, rectangle({0, 0, 24, 24}, image.size()));
  EXPECT_EQ(image.row<uint8_t>(5)[3], 0);
  EXPECT_EQ(image.row<uint8_t>(5)[20], 247);
}

TEST(Mosaic, OfATinyFaceIsOneBlock) {
  Image image = test::noise_picture(PixelFormat::gray8, {20, 20}, 5);
  const auto spans = rectangle({4, 4, 5, 5}, image.size());
  paint_mosaic(image, spans);
  for (const Span& span : spans) {
    for (int x = span.x_begin; x < span.x_end; ++x) {
      EXPECT_EQ(image.row<uint8_t>(span.y)[x], image.row<uint8_t>(4)[4]);
    }
  }
}

}  // namespace
}  // namespace faceveil
