#include "media/image.h"

#include <gtest/gtest.h>

#include <cstring>

#include "base/limits.h"
#include "tests/support/drawn_pictures.h"

namespace faceveil {
namespace {

TEST(Image, FormatsAreTheirChannelsAndBytes) {
  for (int channels = 1; channels <= 4; ++channels) {
    for (int bytes = 1; bytes <= 2; ++bytes) {
      const PixelFormat format = pixel_format(channels, bytes);
      EXPECT_EQ(channel_count(format), channels);
      EXPECT_EQ(bytes_per_sample(format), bytes);
      EXPECT_EQ(has_alpha(format), channels % 2 == 0);
    }
  }
}

TEST(Image, IsCreatedBlack) {
  const Image image = *Image::create(PixelFormat::rgba16, {5, 3});
  EXPECT_EQ(image.stride_bytes(), 40);
  EXPECT_EQ(image.size_bytes(), 120u);
  for (size_t i = 0; i < image.size_bytes(); ++i) ASSERT_EQ(image.data()[i], std::byte{0});
}

TEST(Image, CopyIsAnother) {
  Image image = test::noise_picture(PixelFormat::rgb8, {9, 4}, 1);
  const Image copy = *image.copy();
  EXPECT_EQ(std::memcmp(image.data(), copy.data(), copy.size_bytes()), 0);
  const std::byte before = copy.data()[0];
  image.data()[0] ^= std::byte{1};
  EXPECT_EQ(copy.data()[0], before);
}

TEST(Image, LimitsAreCheckedBeforeMemoryIsTaken) {
  const auto kind = [](PixelFormat format, Size size) {
    const Result<Image> image = Image::create(format, size);
    return image ? -1 : static_cast<int>(image.error().kind);
  };
  constexpr int over_limit = static_cast<int>(Error::Kind::over_limit);
  constexpr int bad_input = static_cast<int>(Error::Kind::bad_input);
  EXPECT_EQ(kind(PixelFormat::gray8, {limits::side_pixels_max + 1, 1}), over_limit);
  EXPECT_EQ(kind(PixelFormat::gray8, {1, limits::side_pixels_max + 1}), over_limit);
  EXPECT_EQ(kind(PixelFormat::gray8, {limits::side_pixels_max, limits::side_pixels_max}),
            over_limit);
  EXPECT_EQ(kind(PixelFormat::rgba16, {10'000, 10'000}), over_limit);  // 800 MB.
  EXPECT_EQ(kind(PixelFormat::gray8, {0, 1}), bad_input);
  EXPECT_EQ(kind(PixelFormat::gray8, {1, -1}), bad_input);
  EXPECT_EQ(kind(PixelFormat::gray8, {limits::side_pixels_max, 1}), -1);
}

}  // namespace
}  // namespace faceveil
