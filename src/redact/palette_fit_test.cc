#include "redact/palette_fit.h"

#include <gtest/gtest.h>

#include <cstring>
#include <set>

#include "redact/paint.h"
#include "tests/support/drawn_pictures.h"

namespace faceveil {
namespace {

constexpr Size size{96, 64};

// With `levels` of red and of green, and no blue.
Image few_colours(PixelFormat format, int levels) {
  Image image = Image::create(format, size).value();
  const int channels = image.channels();
  for (int y = 0; y < size.height; ++y) {
    for (int x = 0; x < size.width; ++x) {
      uint8_t* pixel = image.row<uint8_t>(y) + ptrdiff_t{x} * channels;
      pixel[0] = static_cast<uint8_t>(x * levels / size.width * 255 / levels);
      pixel[1] = static_cast<uint8_t>(y * levels / size.height * 255 / levels);
      if (channels == 4) pixel[3] = x < 8 ? 0 : 255;
    }
  }
  return image;
}

Region some_region() {
  Region region;
  region.box = region.face = {20, 10, 50, 40};
  return region;
}

HiddenMap hidden_by(const Region& region) {
  HiddenMap hidden(size);
  hidden.add(spans_of(region, size));
  return hidden;
}

std::set<uint32_t> colours_of(const Image& image) {
  std::set<uint32_t> colours;
  const auto channels = static_cast<size_t>(image.channels());
  for (size_t at = 0; at < image.size_bytes(); at += channels) {
    uint32_t colour = 0;
    std::memcpy(&colour, image.data() + at, channels);
    colours.insert(colour);
  }
  return colours;
}

Image veiled(Image image) {
  const Region region = some_region();
  EXPECT_TRUE(paint(image, std::span(&region, 1)));
  return image;
}

TEST(FitPalette, LeavesWhatIsInSightAndAtMost256Colours) {
  for (const PixelFormat format : {PixelFormat::rgb8, PixelFormat::rgba8}) {
    const Image painted = veiled(few_colours(format, 12));
    ASSERT_GT(colours_of(painted).size(), 256u);
    Image fitted = painted.copy().value();
    const HiddenMap hidden = hidden_by(some_region());
    fit_palette(fitted, hidden);
    EXPECT_LE(colours_of(fitted).size(), 256u);
    const auto channels = static_cast<size_t>(fitted.channels());
    double largest = 0;
    for (int y = 0; y < size.height; ++y) {
      for (int x = 0; x < size.width; ++x) {
        const auto* a = painted.row<uint8_t>(y) + static_cast<size_t>(x) * channels;
        const auto* b = fitted.row<uint8_t>(y) + static_cast<size_t>(x) * channels;
        if (hidden.is_visible(x, y)) {
          ASSERT_EQ(std::memcmp(a, b, channels), 0);
        }
        for (size_t c = 0; c < channels; ++c) {
          largest = std::max(largest, std::abs(double{1} * a[c] - b[c]));
        }
      }
    }
    EXPECT_LE(largest, 16) << "the veil is no longer smooth";
  }
}

TEST(FitPalette, FewColoursStayAsTheyAre) {
  Image image = few_colours(PixelFormat::rgb8, 4);
  const Image before = image.copy().value();
  fit_palette(image, hidden_by(some_region()));
  EXPECT_EQ(test::largest_difference(image, before), 0);
}

TEST(FitPalette, TooManyColoursInSightStayAsTheyAre) {
  Image image = veiled(test::noise_picture(PixelFormat::rgb8, size, 1));
  const Image before = image.copy().value();
  fit_palette(image, hidden_by(some_region()));
  EXPECT_EQ(test::largest_difference(image, before), 0);
}

TEST(FitPalette, AFullPaletteLendsTheHiddenPixelsItsOwnColours) {
  Image image = few_colours(PixelFormat::rgb8, 16);
  const HiddenMap hidden = hidden_by(some_region());
  const std::set<uint32_t> before = colours_of(image);
  ASSERT_EQ(before.size(), 256u);
  image = veiled(std::move(image));
  fit_palette(image, hidden);
  EXPECT_LE(colours_of(image).size(), 256u);
  Image twice = image.copy().value();
  fit_palette(twice, hidden);
  EXPECT_EQ(test::largest_difference(image, twice), 0) << "fitting twice is fitting once";
}

}  // namespace
}  // namespace faceveil
