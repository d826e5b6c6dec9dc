#include "detect/letterbox.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "tests/support/drawn_pictures.h"

namespace faceveil {
namespace {

std::vector<float> boxed(const Image& picture, int side) {
  std::vector<float> samples(static_cast<size_t>(side) * side * 3);
  letterbox(picture, side, samples);
  return samples;
}

float largest_difference(const std::vector<float>& a, const std::vector<float>& b) {
  float largest = 0;
  for (size_t i = 0; i < a.size(); ++i) largest = std::max(largest, std::abs(a[i] - b[i]));
  return largest;
}

TEST(Letterbox, IsTheReferenceForEveryFormatAndShape) {
  const std::vector<PixelFormat> formats = {
      PixelFormat::gray8,  PixelFormat::gray_alpha8,  PixelFormat::rgb8,  PixelFormat::rgba8,
      PixelFormat::gray16, PixelFormat::gray_alpha16, PixelFormat::rgb16, PixelFormat::rgba16};
  const std::vector<Size> sizes = {{1, 1},   {1, 300},   {301, 2},   {33, 33},
                                   {97, 41}, {640, 480}, {191, 193}, {1000, 64}};
  for (const PixelFormat format : formats) {
    for (const Size size : sizes) {
      const Image picture = test::noise_picture(format, size, 11);
      for (const int side : {32, 128, 192}) {
        std::vector<float> expected(static_cast<size_t>(side) * side * 3);
        letterbox_reference(picture, side, expected);
        EXPECT_LE(largest_difference(boxed(picture, side), expected), 1e-5f)
            << static_cast<int>(format) << " " << size.width << "x" << size.height << " " << side;
      }
    }
  }
}

TEST(Letterbox, OfTheNetworksOwnSizeIsThePictureItself) {
  const Image picture = test::noise_picture(PixelFormat::rgb8, {64, 64}, 12);
  const std::vector<float> samples = boxed(picture, 64);
  for (size_t i = 0; i < samples.size(); ++i) {
    const int sample = picture.row<uint8_t>(0)[i];
    ASSERT_NEAR(samples[i], static_cast<float>(sample) / 127.5f - 1, 1e-6f) << i;
  }
}

TEST(Letterbox, IsBlackOutsideThePictureOnly) {
  Image white = *Image::create(PixelFormat::gray8, {40, 20});
  std::fill_n(white.data(), white.size_bytes(), std::byte{255});
  const std::vector<float> samples = boxed(white, 8);  // 5 pixels a sample, picture in rows 2 to 5.
  for (size_t i = 0; i < samples.size(); ++i) {
    const size_t row = i / (8 * 3);
    EXPECT_EQ(samples[i], row >= 2 && row < 6 ? 1.0f : -1.0f) << i;
  }
}

TEST(Letterbox, DoesNotLookAtAlpha) {
  const Image opaque = test::noise_picture(PixelFormat::rgba16, {50, 70}, 13);
  Image other = *opaque.copy();
  for (int i = 0; i < 50 * 70; ++i) other.row<uint16_t>(0)[i * 4 + 3] = static_cast<uint16_t>(i);
  EXPECT_EQ(boxed(opaque, 32), boxed(other, 32));
}

TEST(Letterbox, DoesNotRoundToEightBits) {
  Image ramp = *Image::create(PixelFormat::gray8, {2, 2});
  ramp.row<uint8_t>(0)[1] = ramp.row<uint8_t>(1)[1] = 1;
  const std::vector<float> samples = boxed(ramp, 16);
  EXPECT_GT(samples[8 * 3], -1.0f);
  EXPECT_LT(samples[8 * 3], -1.0f + 2.0f / 255);
}

TEST(LetterboxGeometry, CentresThePictureInTheSquare) {
  const LetterboxGeometry geometry({200, 101}, 100);
  EXPECT_DOUBLE_EQ(geometry.pixels_per_sample(), 2.0);
  EXPECT_DOUBLE_EQ(geometry.picture_x(0), 0.0);
  EXPECT_DOUBLE_EQ(geometry.picture_x(100), 200.0);
  EXPECT_DOUBLE_EQ(geometry.picture_y(50), 50.5);
  EXPECT_DOUBLE_EQ(geometry.picture_y(0), -49.5);
}

}  // namespace
}  // namespace faceveil
