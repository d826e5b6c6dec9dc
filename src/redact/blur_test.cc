#include "redact/blur.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "redact/colour.h"
#include "tests/support/drawn_pictures.h"

namespace faceveil {
namespace {

TEST(Blur, KernelAdaptsToTheFaceAndIsOdd) {
  EXPECT_EQ(blur_kernel_px(10), 15);
  EXPECT_EQ(blur_kernel_px(50), 15);
  EXPECT_EQ(blur_kernel_px(100), 31);
  EXPECT_EQ(blur_kernel_px(110), 33);
  EXPECT_EQ(blur_kernel_px(400), 121);
}

// The textbook Gaussian with OpenCV's documented sigma for a kernel size, sum by sum.
double reference_blur(const Image& image, int x, int y, int kernel_px) {
  const double sigma = 0.3 * ((kernel_px - 1) * 0.5 - 1) + 0.8;
  double sum = 0, weights = 0;
  for (int j = -kernel_px / 2; j <= kernel_px / 2; ++j) {
    for (int i = -kernel_px / 2; i <= kernel_px / 2; ++i) {
      const double weight = std::exp(-(i * i + j * j) / (2 * sigma * sigma));
      sum += weight * image.row<uint8_t>(y + j)[x + i];
      weights += weight;
    }
  }
  return sum / weights;
}

TEST(Blur, IsTheTextbookGaussian) {
  Image image = test::noise_picture(PixelFormat::gray8, {160, 140}, 11);
  const Image before = image.copy().value();
  Region region;
  region.box = {40, 40, 70, 60};
  region.face = {45, 45, 60, 50};
  const int kernel_px = blur_kernel_px(region.face.width);
  ASSERT_TRUE(paint_blur(image, region, spans_of(region, image.size())).has_value());
  for (int y = 60; y < 80; y += 3) {
    for (int x = 60; x < 90; x += 3) {
      EXPECT_NEAR(image.row<uint8_t>(y)[x], reference_blur(before, x, y, kernel_px), 1.5);
    }
  }
}

}  // namespace
}  // namespace faceveil
