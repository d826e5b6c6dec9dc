#include "evaluate/contact_sheet.h"

#include <gtest/gtest.h>

#include <array>

#include "media/reduce.h"
#include "tests/support/drawn_pictures.h"

namespace faceveil {
namespace {

constexpr int tile = 112, gap = 4;

std::array<int, 3> pixel(const Image& image, int x, int y) {
  const uint8_t* at = image.row<uint8_t>(y) + ptrdiff_t{3} * x;
  return {at[0], at[1], at[2]};
}

Image plain(std::array<uint8_t, 3> colour, Size size) {
  Image image = Image::create(PixelFormat::rgb8, size).value();
  for (size_t i = 0; i < image.size_bytes(); ++i) {
    image.data()[i] = static_cast<std::byte>(colour[i % 3]);
  }
  return image;
}

TEST(ContactSheets, EachFaceHasItsTileAndNothingElseIsTouched) {
  ContactSheet sheet = ContactSheet::create(3).value();
  sheet.place(1, plain({200, 30, 10}, {400, 300}), {100, 100, 40, 40});
  const Image image = std::move(sheet).take();
  ASSERT_EQ(image.size(), (Size{3 * (tile + gap) + gap, tile + 2 * gap}));
  const std::array<int, 3> white = {255, 255, 255};
  for (int x = 0; x < image.size().width; ++x) {
    const bool in_tile = x >= tile + 2 * gap && x < 2 * (tile + gap);
    EXPECT_EQ(pixel(image, x, gap + 3) == white, !in_tile) << x;
    EXPECT_EQ(pixel(image, x, 0), white);
  }
  EXPECT_EQ(pixel(image, tile + 2 * gap + 5, gap + 5), (std::array<int, 3>{200, 30, 10}));
}

TEST(ContactSheets, TheLabelledBoxIsDrawnAroundTheMiddle) {
  ContactSheet sheet = ContactSheet::create(1).value();
  sheet.place(0, plain({0, 0, 0}, {400, 300}), {100, 100, 20, 40});
  const Image image = std::move(sheet).take();
  // The longer side takes half of the tile, the shorter one a quarter.
  const std::array<int, 3> green = {0, 200, 80};
  const int middle = gap + tile / 2;
  EXPECT_EQ(pixel(image, middle, middle - tile / 4), green);
  EXPECT_EQ(pixel(image, middle, middle + tile / 4), green);
  EXPECT_EQ(pixel(image, middle - tile / 8, middle), green);
  EXPECT_EQ(pixel(image, middle + tile / 8, middle), green);
  EXPECT_EQ(pixel(image, middle, middle), (std::array<int, 3>{0, 0, 0}));
}

TEST(ContactSheets, WhereThePictureEndsIsGrey) {
  for (const Rect face : {Rect{-10, -10, 20, 20}, Rect{-500, 0, 30, 30}, Rect{0, 0, 0.1f, 0.1f},
                          Rect{-100'000, -100'000, 200'000, 200'000}}) {
    ContactSheet sheet = ContactSheet::create(1).value();
    sheet.place(0, plain({9, 9, 9}, {40, 30}), face);
    const Image image = std::move(sheet).take();
    EXPECT_EQ(pixel(image, gap, gap), (std::array<int, 3>{200, 200, 200}));
  }
}

TEST(ContactSheets, TakeEveryKindOfPicture) {
  for (const PixelFormat format : {PixelFormat::gray8, PixelFormat::gray_alpha8, PixelFormat::rgb8,
                                   PixelFormat::rgba8, PixelFormat::gray16, PixelFormat::rgba16}) {
    const Image image = as_rgb8(test::gradient_picture(format, {30, 20})).value();
    EXPECT_EQ(image.format(), PixelFormat::rgb8);
    EXPECT_EQ(image.size(), (Size{30, 20}));
  }
}

}  // namespace
}  // namespace faceveil
