// The promise that all others rest on: what is hidden does not reach the output. Pairs of files
// that differ only under what a plan hides, in their thumbnails, their metadata and their tails go
// the whole way, with verify at its end, and must come out as the same bytes.

#include <gtest/gtest.h>

#include "pipeline/hide_cases_test_support.h"
#include "tests/support/random_seed.h"

namespace faceveil {
namespace {

constexpr uint32_t case_count = 240;

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
  for (uint32_t index = 0; index < case_count && !HasFailure(); ++index) {
    std::mt19937 random(first_seed + index);
    const test::HideCase made = test::random_hide_case(way_of(index), random);
    SCOPED_TRACE(testing::Message() << "case " << index << ": " << made.text());
    expect_no_interference(made, random);
  }
}

}  // namespace
}  // namespace faceveil
