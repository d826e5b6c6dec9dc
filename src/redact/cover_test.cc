#include "redact/cover.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "tests/support/drawn_pictures.h"

namespace faceveil {
namespace {

Image plain(PixelFormat format, Size size, uint8_t value) {
  Image image = Image::create(format, size).value();
  for (size_t i = 0; i < image.size_bytes(); ++i) image.data()[i] = std::byte{value};
  return image;
}

Region rectangle(const Rect& box) {
  Region region;
  region.box = region.face = box;
  region.shape = Shape::rectangle;
  return region;
}

void lay(Image& image, const Cover& cover, const Rect& box) {
  const Region region = rectangle(box);
  paint_cover(image, region, spans_of(region, image.size()), cover);
}

TEST(Cover, AsLargeAsItsRegionItIsCopiedExactly) {
  const Image picture = test::noise_picture(PixelFormat::rgb8, {40, 30}, 1);
  const Cover cover = Cover::create(picture).value();
  Image image = plain(PixelFormat::rgb8, {60, 50}, 7);
  lay(image, cover, {10, 12, 40, 30});
  for (int y = 0; y < 30; ++y) {
    for (int i = 0; i < 120; ++i) {
      ASSERT_EQ(image.row<uint8_t>(12 + y)[30 + i], picture.row<uint8_t>(y)[i]) << i << "," << y;
    }
  }
}

// The plain definition: each pixel of the target is the mean over the area of the cover that it
// lies on. The levels in between may not change a whole number of cover pixels a target pixel.
TEST(Cover, ShrunkByAPowerOfTwoItIsTheTrueMean) {
  const Image picture = test::noise_picture(PixelFormat::gray8, {64, 48}, 2);
  const Cover cover = Cover::create(picture).value();
  for (const int factor : {2, 4, 8, 16}) {
    Image image = plain(PixelFormat::gray8, {64, 48}, 0);
    lay(image, cover, {0, 0, 64.0f / float(factor), 48.0f / float(factor)});
    for (int y = 0; y < 48 / factor; ++y) {
      for (int x = 0; x < 64 / factor; ++x) {
        double sum = 0;
        for (int j = 0; j < factor; ++j) {
          for (int i = 0; i < factor; ++i) {
            sum += picture.row<uint8_t>(y * factor + j)[x * factor + i];
          }
        }
        ASSERT_NEAR(image.row<uint8_t>(y)[x], sum / (factor * factor), 0.51) << factor;
      }
    }
  }
}

// At any size a plain picture stays plain, without darker rims at the levels' odd borders.
TEST(Cover, APlainPictureStaysPlainAtEverySize) {
  std::mt19937 random(3);
  for (int round = 0; round < 100; ++round) {
    const Size size = {int(1 + random() % 90), int(1 + random() % 90)};
    const Cover cover = Cover::create(plain(PixelFormat::rgb8, size, 200)).value();
    Image image = plain(PixelFormat::rgb8, {120, 120}, 200);
    lay(image, cover,
        {float(random() % 60), float(random() % 60), 1.0f + float(random() % 70),
         1.0f + float(random() % 70)});
    for (size_t i = 0; i < image.size_bytes(); ++i) {
      ASSERT_EQ(image.data()[i], std::byte{200}) << "round " << round;
    }
  }
}

TEST(Cover, IsFittedWholeAndInTheMiddle) {
  const Cover cover = Cover::create(plain(PixelFormat::rgb8, {20, 10}, 255)).value();
  Image image = plain(PixelFormat::rgb8, {100, 100}, 0);
  lay(image, cover, {0, 0, 100, 100});
  for (const auto& [y, value] : {std::pair{21, 0}, {28, 255}, {71, 255}, {78, 0}}) {
    EXPECT_EQ(image.row<uint8_t>(y)[150], value) << "row " << y;
  }
  // Enlarged five times, the outer edge is soft: its last pixel lies 0.6 on the cover.
  EXPECT_EQ(image.row<uint8_t>(50)[0], 153);
}

TEST(Cover, WhatIsTransparentShowsWhatLiesBelow) {
  Image picture = plain(PixelFormat::rgba8, {2, 1}, 255);
  picture.row<uint8_t>(0)[7] = 0;  // The right pixel.
  const Cover cover = Cover::create(picture).value();
  Image image = plain(PixelFormat::rgb8, {2, 1}, 10);
  lay(image, cover, {0, 0, 2, 1});
  EXPECT_EQ(image.row<uint8_t>(0)[0], 255);
  EXPECT_EQ(image.row<uint8_t>(0)[3], 10);
}

// Colour under transparent pixels must not bleed into their neighbours when the picture shrinks.
TEST(Cover, ShrinkingWeighsColoursByTheirAlpha) {
  Image picture = plain(PixelFormat::rgba8, {2, 2}, 0);
  picture.row<uint8_t>(0)[0] = picture.row<uint8_t>(0)[3] = 255;  // One red pixel, opaque.
  picture.row<uint8_t>(1)[5] = 255;                               // Green, transparent.
  const Tint mean = Cover::create(picture).value().level_for(2).pixels[0];
  EXPECT_FLOAT_EQ(mean.colour[0], 0.25f);
  EXPECT_FLOAT_EQ(mean.colour[1], 0);
  EXPECT_FLOAT_EQ(mean.coverage, 0.25f);
}

TEST(Cover, LargePicturesAreKeptSmaller) {
  const Cover cover = Cover::create(plain(PixelFormat::gray8, {2100, 3}, 9)).value();
  EXPECT_EQ(cover.size(), (Size{700, 1}));
}

TEST(Cover, SixteenBitsAndGreyWork) {
  for (const PixelFormat format :
       {PixelFormat::gray8, PixelFormat::gray_alpha16, PixelFormat::rgb16, PixelFormat::rgba16}) {
    const Cover cover = Cover::create(plain(format, {5, 5}, 255)).value();
    for (const PixelFormat target : {PixelFormat::gray16, PixelFormat::rgba8}) {
      Image image = plain(target, {5, 5}, 0);
      lay(image, cover, {0, 0, 5, 5});
      for (size_t i = 0; i < image.size_bytes(); ++i) ASSERT_EQ(image.data()[i], std::byte{255});
    }
  }
}

TEST(Cover, AnEmptyPictureIsRefused) { EXPECT_FALSE(Cover::create(Image()).has_value()); }

}  // namespace
}  // namespace faceveil
