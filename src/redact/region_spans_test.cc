#include "redact/region_spans.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

namespace faceveil {
namespace {

constexpr Size picture = {97, 61};

Region region_of(Rect box, Shape shape) {
  Region region;
  region.box = region.face = box;
  region.shape = shape;
  return region;
}

// The definition, pixel by pixel.
bool inside(const Region& region, int x, int y) {
  const Rect& box = region.box;
  const float px = static_cast<float>(x), py = static_cast<float>(y);
  if (region.shape == Shape::rectangle) {
    return px + 1 > box.x && px < box.right() && py + 1 > box.y && py < box.bottom();
  }
  const float center_x = box.x + box.width / 2, center_y = box.y + box.height / 2;
  if (std::floor(center_x) == px && std::floor(center_y) == py) return true;
  const float u = (px + 0.5f - center_x) / (box.width / 2);
  const float v = (py + 0.5f - center_y) / (box.height / 2);
  return u * u + v * v <= 1;
}

Rect random_box(std::mt19937& random) {
  std::uniform_real_distribution<float> x(-40, 110), y(-40, 80), side(0.3f, 90);
  return {x(random), y(random), side(random), side(random)};
}

TEST(RegionSpans, AreThePixelsOfTheDefinition) {
  std::mt19937 random(7);
  for (int round = 0; round < 400; ++round) {
    const Region region =
        region_of(random_box(random), round % 2 ? Shape::ellipse : Shape::rectangle);
    std::vector<bool> covered(static_cast<size_t>(picture.width * picture.height));
    int last_y = -1;
    for (const Span& span : spans_of(region, picture)) {
      ASSERT_GT(span.y, last_y);
      ASSERT_TRUE(0 <= span.x_begin && span.x_begin < span.x_end && span.x_end <= picture.width);
      last_y = span.y;
      for (int x = span.x_begin; x < span.x_end; ++x) {
        covered[static_cast<size_t>(span.y * picture.width + x)] = true;
      }
    }
    int different = 0;
    for (int y = 0; y < picture.height; ++y) {
      for (int x = 0; x < picture.width; ++x) {
        different += covered[static_cast<size_t>(y * picture.width + x)] != inside(region, x, y);
      }
    }
    // The square root and the squares round differently for a centre that lies just on the rim.
    ASSERT_LE(different, 2) << "round " << round;
  }
}

TEST(RegionSpans, TheSmallestFaceLosesAPixel) {
  for (const Shape shape : {Shape::ellipse, Shape::rectangle}) {
    const auto spans = spans_of(region_of({10.2f, 20.3f, 0.1f, 0.1f}, shape), picture);
    EXPECT_EQ(spans, (std::vector<Span>{{20, 10, 11}}));
  }
}

TEST(RegionSpans, OutsideThePictureThereIsNothing) {
  for (const Rect box : {Rect{200, 0, 10, 10}, Rect{-20, 5, 10, 10}, Rect{0, -50, 30, 40}}) {
    EXPECT_TRUE(spans_of(region_of(box, Shape::ellipse), picture).empty());
    EXPECT_TRUE(spans_of(region_of(box, Shape::rectangle), picture).empty());
  }
}

TEST(RegionSpans, AFaceOverTheWholeFrameCoversAllOfIt) {
  for (const Shape shape : {Shape::ellipse, Shape::rectangle}) {
    const auto spans = spans_of(region_of({-200, -200, 600, 600}, shape), picture);
    ASSERT_EQ(spans.size(), static_cast<size_t>(picture.height));
    for (const Span& span : spans) EXPECT_EQ(span.x_end - span.x_begin, picture.width);
  }
}

}  // namespace
}  // namespace faceveil
