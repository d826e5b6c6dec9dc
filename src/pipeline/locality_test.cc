// What is not hidden stays as it was, from file to file; and hiding again changes nothing.

#include <gtest/gtest.h>

#include <cstring>

#include "pipeline/hide_cases_test_support.h"
#include "plan/plan.h"
#include "redact/hidden_map.h"
#include "redact/jpeg_clusters.h"
#include "tests/support/random_seed.h"

namespace faceveil {
namespace {

constexpr uint32_t locality_cases = 200;

// Formats that keep every pixel, in all depths, with and without alpha and palette.
constexpr test::Way ways[] = {
    {StillFormat::jpeg, StillFormat::jpeg, PixelFormat::rgb8},
    {StillFormat::jpeg, StillFormat::jpeg, PixelFormat::gray8},
    {StillFormat::png, StillFormat::png, PixelFormat::gray8},
    {StillFormat::png, StillFormat::png, PixelFormat::gray_alpha8},
    {StillFormat::png, StillFormat::png, PixelFormat::rgb8},
    {StillFormat::png, StillFormat::png, PixelFormat::rgba8},
    {StillFormat::png, StillFormat::png, PixelFormat::gray16},
    {StillFormat::png, StillFormat::png, PixelFormat::gray_alpha16},
    {StillFormat::png, StillFormat::png, PixelFormat::rgb16},
    {StillFormat::png, StillFormat::png, PixelFormat::rgba16},
    {StillFormat::png, StillFormat::png, PixelFormat::rgb8, 4},
    {StillFormat::png, StillFormat::png, PixelFormat::rgb8, 6},
    {StillFormat::png, StillFormat::png, PixelFormat::rgba8, 4},
    {StillFormat::jpeg, StillFormat::jpeg, PixelFormat::rgb8},
    {StillFormat::tiff, StillFormat::tiff, PixelFormat::gray8},
    {StillFormat::tiff, StillFormat::tiff, PixelFormat::rgba8},
    {StillFormat::tiff, StillFormat::tiff, PixelFormat::gray16},
    {StillFormat::tiff, StillFormat::tiff, PixelFormat::rgb16},
    {StillFormat::tiff, StillFormat::tiff, PixelFormat::rgba16},
    {StillFormat::webp, StillFormat::webp, PixelFormat::rgb8},
    {StillFormat::webp, StillFormat::webp, PixelFormat::rgba8},
    {StillFormat::bmp, StillFormat::bmp, PixelFormat::rgb8},
    {StillFormat::bmp, StillFormat::bmp, PixelFormat::gray8},
    {StillFormat::gif, StillFormat::gif, PixelFormat::rgb8, 4},
    {StillFormat::gif, StillFormat::gif, PixelFormat::rgb8, 6},
};

void expect_same_pixels_in_sight(const test::HideCase& made, const Still& before,
                                 const Still& after) {
  ASSERT_EQ(before.image.size(), after.image.size());
  ASSERT_EQ(before.image.format(), after.image.format()) << "depth or alpha";
  EXPECT_EQ(before.traits.palette, after.traits.palette);
  HiddenMap hidden(made.upright);
  for (const Region& region : regions_at(made.plan, MediaTime{0})) {
    hidden.add(spans_of(region, made.upright));
  }
  const ptrdiff_t bytes =
      ptrdiff_t{before.image.channels()} * bytes_per_sample(before.image.format());
  for (int y = 0; y < made.upright.height; ++y) {
    for (int x = 0; x < made.upright.width; ++x) {
      if (!hidden.is_visible(x, y)) continue;
      ASSERT_EQ(std::memcmp(before.image.row<std::byte>(y) + x * bytes,
                            after.image.row<std::byte>(y) + x * bytes, static_cast<size_t>(bytes)),
                0)
          << x << "," << y;
    }
  }
}

// Block by block, not as verify compares them.
void expect_same_coefficients(const test::HideCase& made, BytesView input, BytesView output) {
  const JpegPicture before = JpegPicture::read(input).value();
  const JpegPicture after = JpegPicture::read(output).value();
  const std::vector<Region> regions = regions_at(made.plan, MediaTime{0});
  const TouchedMcus touched =
      touched_mcus(stored_regions(regions, before), before, made.options.frame);
  for (size_t c = 0; c < before.components().size(); ++c) {
    const JpegComponent& component = before.components()[c];
    ASSERT_EQ(component.quantisation, after.components()[c].quantisation);
    ASSERT_EQ(component.blocks, after.components()[c].blocks);
    for (int y = 0; y < component.blocks.height; ++y) {
      for (int x = 0; x < component.blocks.width; ++x) {
        const bool changes =
            touched.all.has(x / component.mcu_blocks_across, y / component.mcu_blocks_down);
        if (!changes) {
          ASSERT_EQ(before.coefficients(c, x, y), after.coefficients(c, x, y)) << x << "," << y;
        }
      }
    }
  }
}

// Frames are drawn outside regions too, and turning is another matter.
test::HideCase plain_case(const test::Way& way, std::mt19937& random) {
  test::HideCase made = test::random_hide_case(way, random);
  made.options.frame = made.options.frame && way.from == StillFormat::jpeg;
  made.options.upright = false;
  return made;
}

void expect_locality(const test::HideCase& made, std::mt19937& random) {
  const Bytes input = test::file_of(made, test::random_picture(made, random), random);
  const Bytes output = test::hidden_file(made, input);
  ASSERT_FALSE(output.empty());
  const Still before = decode_still(input).value(), after = decode_still(output).value();
  EXPECT_EQ(before.icc_profile, after.icc_profile);
  EXPECT_EQ(before.icc_profile.empty(), !made.profile);
  if (made.way.from == StillFormat::jpeg) {
    expect_same_coefficients(made, input, output);
  } else {
    expect_same_pixels_in_sight(made, before, after);
  }
  EXPECT_TRUE(test::hidden_file(made, output) == output) << "hiding twice is not hiding once";
}

TEST(Locality, HoldsFromFileToFileAndHidingTwiceIsHidingOnce) {
  const uint32_t first_seed = test::first_seed();
  for (uint32_t index = 0; index < locality_cases && !HasFailure(); ++index) {
    std::mt19937 random(first_seed + index);
    const test::HideCase made = plain_case(ways[index % std::size(ways)], random);
    SCOPED_TRACE(testing::Message() << "case " << index << ": " << made.text());
    expect_locality(made, random);
  }
}

}  // namespace
}  // namespace faceveil
