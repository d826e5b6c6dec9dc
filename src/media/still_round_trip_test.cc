// Pictures into files and back: what each format keeps.

#include <gtest/gtest.h>

#include <cstring>
#include <random>

#include "media/reduce.h"
#include "media/still.h"
#include "media/still_test_files.h"
#include "tests/support/drawn_pictures.h"

namespace faceveil {
namespace {

constexpr StillFormat all_formats[] = {StillFormat::jpeg, StillFormat::png, StillFormat::webp,
                                       StillFormat::tiff, StillFormat::gif, StillFormat::bmp,
                                       StillFormat::heic, StillFormat::avif};

Still through_file(const Still& still, StillFormat format) {
  const Result<Bytes> bytes = encode_still(still, format);
  EXPECT_TRUE(bytes) << bytes.error().message(Language::english);
  if (!bytes) return {};
  EXPECT_EQ(sniff_still(*bytes), format);
  const Result<StillHeader> header = read_still_header(*bytes);
  EXPECT_TRUE(header && header->format == format && header->size == still.image.size());
  Result<Still> again = decode_still(*bytes);
  EXPECT_TRUE(again) << again.error().message(Language::english);
  if (!again) return {};
  EXPECT_EQ(again->format, format);
  return std::move(*again);
}

void expect_equal(const Image& a, const Image& b) {
  ASSERT_EQ(a.size(), b.size());
  ASSERT_EQ(a.format(), b.format());
  EXPECT_EQ(std::memcmp(a.data(), b.data(), a.size_bytes()), 0);
}

// Sizes where codecs break: one pixel, one row, one column, odd, and random ones.
std::vector<Size> awkward_sizes(std::mt19937& random) {
  const auto up_to = [&](uint32_t most) { return static_cast<int>(1 + random() % most); };
  return {
      {1, 1}, {1, 37}, {41, 1}, {500, 3}, {17, 15}, {up_to(90), up_to(90)}, {up_to(90), up_to(90)}};
}

class LosslessFormat : public testing::TestWithParam<StillFormat> {};

// What a format that holds no grey, no 16 bits or no alpha makes of a picture, without loss beyond.
Image as_held(const Image& image, StillFormat format) {
  const bool keeps_everything = format == StillFormat::png || format == StillFormat::tiff;
  if (keeps_everything) return *image.copy();
  Image narrow = *reduced_to_8_bits(image);
  const bool keeps_gray = format == StillFormat::bmp && narrow.channels() == 1;
  return keeps_gray ? std::move(narrow) : test::widened_to_rgb(narrow);
}

TEST_P(LosslessFormat, KeepsEveryPixelOfEveryPixelFormat) {
  const uint32_t seed = std::random_device()();
  std::mt19937 random(seed);
  for (int pixel_format = 0; pixel_format < 8; ++pixel_format) {
    for (const Size size : awkward_sizes(random)) {
      SCOPED_TRACE(testing::Message() << "seed " << seed << ", pixel format " << pixel_format
                                      << ", " << size.width << "x" << size.height);
      Image image = test::noise_picture(static_cast<PixelFormat>(pixel_format), size, seed);
      // WebP leaves out alpha where every pixel is opaque, as chance may have made a small picture.
      if (has_alpha(image.format())) image.data()[image.size_bytes() - 1] = std::byte{100};
      const Image expected = as_held(image, GetParam());
      const Still again = through_file(test::still_with(std::move(image), GetParam()), GetParam());
      expect_equal(expected, again.image);
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Stills, LosslessFormat,
                         testing::Values(StillFormat::png, StillFormat::tiff, StillFormat::webp,
                                         StillFormat::bmp),
                         [](const auto& variant) {
                           return std::string(format_name(variant.param));
                         });

// A picture of `colour_count` random colours, each of them used.
Image few_colours(Size size, uint32_t colour_count, std::mt19937& random) {
  Image image = *Image::create(PixelFormat::rgb8, size);
  std::vector<uint32_t> colours(colour_count);
  for (uint32_t& colour : colours) colour = static_cast<uint32_t>(random());
  auto* samples = image.row<uint8_t>(0);
  for (uint32_t i = 0; i < image.size_bytes() / 3; ++i) {
    const uint32_t colour = colours[i < colour_count ? i : random() % colour_count];
    for (int c = 0; c < 3; ++c) samples[i * 3 + c] = static_cast<uint8_t>(colour >> (8 * c));
  }
  return image;
}

// Readers of GIF give an alpha channel now and then, where nothing is transparent.
Image with_alpha(const Image& image) {
  if (image.channels() == 4) return *image.copy();
  Image rgba = *Image::create(PixelFormat::rgba8, image.size());
  const uint8_t* from = image.row<uint8_t>(0);
  auto* to = rgba.row<uint8_t>(0);
  for (size_t i = 0; i < rgba.size_bytes(); ++i) to[i] = i % 4 == 3 ? 255 : *from++;
  return rgba;
}

TEST(Gif, KeepsPicturesOfUpTo256Colours) {
  const uint32_t seed = std::random_device()();
  std::mt19937 random(seed);
  for (const uint32_t colour_count : {1u, 2u, 3u, 16u, 100u, 255u, 256u}) {
    SCOPED_TRACE(testing::Message() << "seed " << seed << ", " << colour_count << " colours");
    const Still still =
        test::still_with(few_colours({61, 47}, colour_count, random), StillFormat::gif);
    const Still again = through_file(still, StillFormat::gif);
    expect_equal(still.image, again.image);
    const CleanCopy copy = *copy_without_metadata(*encode_still(still, StillFormat::gif));
    EXPECT_TRUE(copy.pixels_identical);
  }
}

TEST(Gif, TakesTheNearestOfTooManyColours) {
  const Still still =
      test::still_with(test::gradient_picture(PixelFormat::rgb8, {300, 200}), StillFormat::gif);
  const Still again = through_file(still, StillFormat::gif);
  EXPECT_LT(test::largest_difference(with_alpha(still.image), with_alpha(again.image)), 0.15);
}

// Half-resolution colours smear at hard edges, so that single samples say little, and pictures of a
// few rows nothing.
double mean_difference(const Image& a, const Image& b) {
  if (a.size() != b.size() || a.format() != b.format()) return 1;
  double sum = 0;
  for (size_t i = 0; i < a.size_bytes(); ++i) {
    sum += std::abs(a.row<uint8_t>(0)[i] - b.row<uint8_t>(0)[i]) / 255.0;
  }
  return sum / static_cast<double>(a.size_bytes());
}

class LossyFormat : public testing::TestWithParam<StillFormat> {};

TEST_P(LossyFormat, StaysCloseToThePicture) {
  std::mt19937 random(7);
  for (const Size size : awkward_sizes(random)) {
    SCOPED_TRACE(testing::Message() << size.width << "x" << size.height);
    Still still = test::still_with(test::gradient_picture(PixelFormat::rgb8, size), GetParam());
    still.traits.lossless = false;
    still.traits.chroma_across = still.traits.chroma_down = 1;
    const Still again = through_file(still, GetParam());
    ASSERT_EQ(again.image.size(), size);
    if (std::min(size.width, size.height) < 8) continue;
    EXPECT_LT(mean_difference(still.image, again.image), 0.02);
    EXPECT_FALSE(GetParam() != StillFormat::jpeg && again.traits.lossless);
  }
}

INSTANTIATE_TEST_SUITE_P(Stills, LossyFormat,
                         testing::Values(StillFormat::jpeg, StillFormat::webp, StillFormat::heic,
                                         StillFormat::avif),
                         [](const auto& variant) {
                           return std::string(format_name(variant.param));
                         });

class AnyFormat : public testing::TestWithParam<StillFormat> {};

TEST_P(AnyFormat, TakesEveryPixelFormat) {
  for (int pixel_format = 0; pixel_format < 8; ++pixel_format) {
    SCOPED_TRACE(testing::Message() << "pixel format " << pixel_format);
    const Still still = test::still_with(
        test::gradient_picture(static_cast<PixelFormat>(pixel_format), {40, 30}), GetParam());
    EXPECT_EQ(through_file(still, GetParam()).image.size(), (Size{40, 30}));
  }
}

TEST_P(AnyFormat, KeepsTheColourProfile) {
  if (GetParam() == StillFormat::gif) GTEST_SKIP() << "GIF has no place for a profile";
  Still still = test::still_with(test::gradient_picture(PixelFormat::rgb8, {40, 30}), GetParam());
  still.icc_profile = test::small_icc_profile();
  const Still again = through_file(still, GetParam());
  EXPECT_EQ(again.icc_profile, still.icc_profile);
  const Result<CleanCopy> copy = copy_without_metadata(*encode_still(still, GetParam()));
  ASSERT_TRUE(copy) << copy.error().message(Language::english);
  EXPECT_EQ(decode_still(copy->bytes)->icc_profile, still.icc_profile);
}

TEST_P(AnyFormat, IsKnownByItsNames) {
  EXPECT_EQ(format_from_name(format_name(GetParam())), GetParam());
  EXPECT_EQ(format_from_extension(format_extension(GetParam())), GetParam());
  EXPECT_TRUE(format_mime_type(GetParam()).starts_with("image/"));
}

INSTANTIATE_TEST_SUITE_P(Stills, AnyFormat, testing::ValuesIn(all_formats),
                         [](const auto& variant) {
                           return std::string(format_name(variant.param));
                         });

TEST(Stills, ExtensionsAreKnownInAnyCase) {
  EXPECT_EQ(format_from_extension("JPG"), StillFormat::jpeg);
  EXPECT_EQ(format_from_extension("tif"), StillFormat::tiff);
  EXPECT_EQ(format_from_extension(""), std::nullopt);
  EXPECT_EQ(format_from_extension("jpg jpeg"), std::nullopt);
  EXPECT_EQ(format_from_name("JPEG"), std::nullopt);
}

TEST(Stills, DensityIsKeptWhereTheFormatCan) {
  for (const StillFormat format :
       {StillFormat::jpeg, StillFormat::png, StillFormat::tiff, StillFormat::bmp}) {
    SCOPED_TRACE(format_name(format));
    Still still = test::still_with(test::gradient_picture(PixelFormat::rgb8, {9, 9}), format);
    const double unsaid = format == StillFormat::tiff ? 72 : 0;  // TIFF must always say something.
    EXPECT_NEAR(through_file(still, format).traits.dots_per_inch_x, unsaid, 0.5);
    still.traits.dots_per_inch_x = 300;
    still.traits.dots_per_inch_y = 150;
    const Still again = through_file(still, format);
    EXPECT_NEAR(again.traits.dots_per_inch_x, 300, 0.5);
    EXPECT_NEAR(again.traits.dots_per_inch_y, 150, 0.5);
  }
}

TEST(Stills, AlphaIsLaidOnWhiteWhereTheFormatHasNone) {
  Image image = *Image::create(PixelFormat::rgba8, {32, 32});  // Black, and transparent.
  Still still = test::still_with(std::move(image), StillFormat::png);
  const Still again = through_file(still, StillFormat::jpeg);
  ASSERT_EQ(again.image.format(), PixelFormat::rgb8);
  EXPECT_GE(again.image.row<uint8_t>(16)[16 * 3], 254);
}

// A picture of linear samples shown without its gAMA is another picture.
TEST(Stills, PngKeepsWhatSaysWhichColoursItsSamplesMean) {
  for (const bool palette : {false, true}) {
    Still still =
        test::still_with(test::gradient_picture(PixelFormat::rgb8, {9, 9}), StillFormat::png);
    still.traits.palette = palette;
    Bytes file = encode_still(still, StillFormat::png).value();
    EXPECT_TRUE(decode_still(file)->png_colours.empty());
    file = test::with_png_chunk(file, "gAMA", Bytes(4, std::byte{1}));
    file = test::with_png_chunk(file, "cHRM", Bytes(32, std::byte{2}));
    file = test::with_png_chunk(file, "sRGB", Bytes(1));
    file = test::with_png_chunk(file, "cICP", Bytes(4, std::byte{1}));
    const Still read = decode_still(file).value();
    EXPECT_EQ(read.png_colours.size(), 4 * 12 + 4 + 32 + 1 + 4u);
    EXPECT_EQ(through_file(read, StillFormat::png).png_colours, read.png_colours);
    expect_equal(through_file(read, StillFormat::png).image, still.image);
    EXPECT_TRUE(through_file(read, StillFormat::webp).png_colours.empty());
  }
}

TEST(Stills, PngChunksOfColoursCarryNothingElse) {
  const Still still =
      test::still_with(test::gradient_picture(PixelFormat::rgb8, {9, 9}), StillFormat::png);
  const Bytes plain = encode_still(still, StillFormat::png).value();
  for (const std::string_view type : {"gAMA", "cHRM", "sRGB", "cICP"}) {
    const Bytes file = test::with_png_chunk(plain, type, Bytes(200, std::byte{'s'}));
    EXPECT_TRUE(decode_still(file)->png_colours.empty()) << type;
    EXPECT_EQ(copy_without_metadata(file)->bytes, plain) << type;
  }
}

}  // namespace
}  // namespace faceveil
