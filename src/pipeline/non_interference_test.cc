// The promise that all others rest on: what is hidden does not reach the output. Pairs of files
// that differ only under what a plan hides, in their thumbnails, their metadata and their tails go
// the whole way, with verify at its end, and must come out as the same bytes.

#include <gtest/gtest.h>

#include <cstring>

#include "pipeline/hide_cases_test_support.h"
#include "tests/support/drawn_pictures.h"
#include "tests/support/metadata_carriers.h"
#include "tests/support/random_seed.h"

namespace faceveil {
namespace {

constexpr uint32_t pair_count = 240;

constexpr test::Way jpeg_ways[] = {
    {StillFormat::jpeg, StillFormat::jpeg, PixelFormat::rgb8},
    {StillFormat::jpeg, StillFormat::jpeg, PixelFormat::rgb8},
    {StillFormat::jpeg, StillFormat::jpeg, PixelFormat::gray8},
    {StillFormat::jpeg, StillFormat::png, PixelFormat::rgb8},
};
constexpr test::Way other_ways[] = {
    {StillFormat::png, StillFormat::png, PixelFormat::rgb8},
    {StillFormat::png, StillFormat::png, PixelFormat::rgba8},
    {StillFormat::png, StillFormat::png, PixelFormat::gray_alpha8},
    {StillFormat::png, StillFormat::png, PixelFormat::rgb16},
    {StillFormat::png, StillFormat::png, PixelFormat::rgba16},
    {StillFormat::png, StillFormat::jpeg, PixelFormat::rgba8},
    {StillFormat::png, StillFormat::heic, PixelFormat::rgb8},
    {StillFormat::png, StillFormat::avif, PixelFormat::rgba8},
    {StillFormat::tiff, StillFormat::tiff, PixelFormat::rgb8},
    {StillFormat::tiff, StillFormat::tiff, PixelFormat::gray16},
    {StillFormat::tiff, StillFormat::tiff, PixelFormat::rgba16},
    {StillFormat::webp, StillFormat::webp, PixelFormat::rgb8},
    {StillFormat::webp, StillFormat::webp, PixelFormat::rgba8},
    {StillFormat::webp, StillFormat::tiff, PixelFormat::rgba8},
    {StillFormat::bmp, StillFormat::bmp, PixelFormat::rgb8},
    {StillFormat::png, StillFormat::png, PixelFormat::rgb8, 4},
    {StillFormat::png, StillFormat::png, PixelFormat::rgba8, 4},
    {StillFormat::gif, StillFormat::gif, PixelFormat::rgb8, 4},
    {StillFormat::gif, StillFormat::png, PixelFormat::rgb8, 6},
};

void expect_no_interference(const test::HideCase& made, std::mt19937& random) {
  const Image image = test::random_picture(made, random);
  const Image other = test::other_where_hidden(made, image, test::random_picture(made, random));
  const Bytes one_file = test::file_of(made, image, random),
              other_file = test::file_of(made, other, random);
  ASSERT_NE(one_file, other_file);
  const Bytes one = test::hidden_file(made, one_file);
  ASSERT_FALSE(one.empty());
  ASSERT_EQ(sniff_still(one), made.way.to);
  ASSERT_TRUE(one == test::hidden_file(made, other_file)) << "what was hidden reached the output";
}

const test::Way& way_of(uint32_t index) {
  return index % 2 ? other_ways[index / 2 % std::size(other_ways)]
                   : jpeg_ways[index / 2 % std::size(jpeg_ways)];
}

TEST(NonInterference, HoldsFromFileToFile) {
  const uint32_t first_seed = test::first_seed();
  for (uint32_t index = 0; index < pair_count && !HasFailure(); ++index) {
    std::mt19937 random(first_seed + index);
    const test::HideCase made = test::random_hide_case(way_of(index), random);
    SCOPED_TRACE(testing::Message() << "case " << index << ": " << made.text());
    expect_no_interference(made, random);
  }
}

// Lossy encoders spread what they see over what comes behind it in their order. Where only the last
// rows differ, those above come out of the decoder alike, and then the promise must hold.
constexpr Size lossy_size{64, 192};
constexpr int hidden_from_row = 112, different_from_row = 128;

Bytes lossy_file(StillFormat format, std::mt19937& random) {
  Still still;
  still.traits.lossless = false;
  still.image = test::gradient_picture(PixelFormat::rgb8, lossy_size);
  const Image noise =
      test::noise_picture(PixelFormat::rgb8, lossy_size, static_cast<uint32_t>(random()));
  const ptrdiff_t begin = different_from_row * still.image.stride_bytes();
  std::memcpy(still.image.data() + begin, noise.data() + begin,
              still.image.size_bytes() - static_cast<size_t>(begin));
  return test::with_random_extras(encode_still(still, format).value(), format, lossy_size,
                                  Orientation::top_left, random);
}

bool are_alike_in_sight(BytesView one, BytesView other) {
  const Image a = decode_still(one).value().image, b = decode_still(other).value().image;
  return std::memcmp(a.data(), b.data(), static_cast<size_t>(hidden_from_row * a.stride_bytes())) ==
         0;
}

test::HideCase case_of_last_rows(StillFormat format, Effect effect) {
  std::mt19937 unused(1);
  test::HideCase made = test::random_hide_case({format, format, PixelFormat::rgb8}, unused);
  made.upright = lossy_size;
  made.options.frame = made.options.upright = false;
  made.plan.tracks.resize(1);
  Track& track = made.plan.tracks.front();
  track.effect = effect;
  track.shape = Shape::rectangle;
  track.grow = 0;
  track.keyframes[0].box = {0, hidden_from_row, lossy_size.width, lossy_size.height};
  return made;
}

TEST(NonInterference, HoldsForLossyInputs) {
  std::mt19937 random(test::first_seed());
  for (const StillFormat format : {StillFormat::webp, StillFormat::heic, StillFormat::avif}) {
    for (const Effect effect : {Effect::veil, Effect::solid, Effect::emoji, Effect::image}) {
      SCOPED_TRACE(testing::Message() << format_name(format) << ", " << effect_name(effect));
      const Bytes one = lossy_file(format, random), other = lossy_file(format, random);
      ASSERT_TRUE(are_alike_in_sight(one, other));
      ASSERT_FALSE(decode_still(one).value().traits.lossless);
      const test::HideCase made = case_of_last_rows(format, effect);
      const Bytes output = test::hidden_file(made, one);
      ASSERT_FALSE(output.empty());
      EXPECT_TRUE(output == test::hidden_file(made, other));
    }
  }
}

}  // namespace
}  // namespace faceveil
