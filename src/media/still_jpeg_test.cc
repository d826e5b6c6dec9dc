// What JPEG in particular keeps from input to output.

#include <gtest/gtest.h>

#include <cstring>

#include "media/still.h"
#include "media/still_test_files.h"
#include "tests/support/drawn_pictures.h"

namespace faceveil {
namespace {

struct Frame {
  int marker = 0, component_count = 0, luma_across = 0, luma_down = 0, chroma_across = 0;
};

// The frame header (ITU-T T.81, B.2.2), found by walking the segments before it.
Frame frame_of(BytesView jpeg) {
  const uint8_t* b = as_u8(jpeg);
  for (size_t at = 2; at + 20 < jpeg.size(); at += 2 + (size_t{b[at + 2]} << 8 | b[at + 3])) {
    if (b[at + 1] < 0xc0 || b[at + 1] > 0xc2) continue;
    return {b[at + 1], b[at + 9], b[at + 11] >> 4, b[at + 11] & 15, b[at + 14] >> 4};
  }
  return {};
}

Still drawn_still(Size size, int chroma_across, int chroma_down) {
  Still still =
      test::still_with(test::gradient_picture(PixelFormat::rgb8, size), StillFormat::jpeg);
  still.traits.chroma_across = chroma_across;
  still.traits.chroma_down = chroma_down;
  return still;
}

class Subsampling : public testing::TestWithParam<std::pair<int, int>> {};

TEST_P(Subsampling, IsThatOfTheInput) {
  const auto [across, down] = GetParam();
  const Bytes first = *encode_still(drawn_still({67, 45}, across, down), StillFormat::jpeg);
  const Still still = *decode_still(first);
  EXPECT_EQ(still.traits.chroma_across, across);
  EXPECT_EQ(still.traits.chroma_down, down);
  const Frame frame = frame_of(*encode_still(still, StillFormat::jpeg));
  EXPECT_EQ(frame.component_count, 3);
  EXPECT_EQ(frame.luma_across, across);
  EXPECT_EQ(frame.luma_down, down);
  EXPECT_EQ(frame.chroma_across, 1);
}

TEST_P(Subsampling, TurnsWithThePicture) {
  const auto [across, down] = GetParam();
  const Bytes stored = *encode_still(drawn_still({67, 45}, across, down), StillFormat::jpeg);
  const Bytes exif = test::exif_with(Orientation::right_top, "");
  Bytes segment = test::bytes_of(std::string_view("Exif\0\0", 6));
  segment.insert(segment.end(), exif.begin(), exif.end());
  const Still still = *decode_still(test::with_jpeg_segment(stored, 0xe1, segment));
  EXPECT_EQ(still.image.size(), (Size{45, 67}));
  EXPECT_EQ(still.traits.chroma_across, down);
  EXPECT_EQ(still.traits.chroma_down, across);
}

INSTANTIATE_TEST_SUITE_P(Jpeg, Subsampling,
                         testing::Values(std::pair(1, 1), std::pair(2, 1), std::pair(2, 2),
                                         std::pair(1, 2), std::pair(4, 1)),
                         [](const auto& variant) {
                           return std::to_string(variant.param.first) + "x" +
                                  std::to_string(variant.param.second);
                         });

TEST(Jpeg, GrayStaysGray) {
  const Still still =
      test::still_with(test::gradient_picture(PixelFormat::gray8, {50, 40}), StillFormat::jpeg);
  const Bytes bytes = *encode_still(still, StillFormat::jpeg);
  EXPECT_EQ(frame_of(bytes).component_count, 1);
  const Still again = *decode_still(bytes);
  EXPECT_EQ(again.image.format(), PixelFormat::gray8);
  EXPECT_LT(test::largest_difference(still.image, again.image), 0.06);
}

TEST(Jpeg, IsProgressiveOnlyWhereTheInputWas) {
  constexpr int baseline = 0xc0, progressive = 0xc2;
  Still still = drawn_still({64, 64}, 2, 2);
  EXPECT_EQ(frame_of(*encode_still(still, StillFormat::jpeg)).marker, baseline);
  still.traits.progressive = true;
  const Bytes bytes = *encode_still(still, StillFormat::jpeg);
  EXPECT_EQ(frame_of(bytes).marker, progressive);
  EXPECT_TRUE(decode_still(bytes)->traits.progressive);
}

// Large profiles lie in several segments.
TEST(Jpeg, KeepsAProfileOfManySegments) {
  Still still = drawn_still({16, 16}, 1, 1);
  still.icc_profile = test::small_icc_profile();
  still.icc_profile.resize(200'000, std::byte{7});
  const Bytes bytes = *encode_still(still, StillFormat::jpeg);
  EXPECT_EQ(decode_still(bytes)->icc_profile, still.icc_profile);
  const CleanCopy copy = *copy_without_metadata(bytes);
  EXPECT_EQ(copy.bytes, bytes);
}

TEST(Jpeg, TwelveBitAndLosslessFilesAreRefusedInASentence) {
  const Bytes bytes = *encode_still(drawn_still({16, 16}, 1, 1), StillFormat::jpeg);
  const size_t frame_at = as_text(bytes).find("\xff\xc0");
  ASSERT_NE(frame_at, std::string_view::npos);
  Bytes twelve_bit = bytes, lossless = bytes;
  twelve_bit[frame_at + 4] = std::byte{12};
  lossless[frame_at + 1] = std::byte{0xc3};
  for (const Bytes& refused : {twelve_bit, lossless}) {
    const Result<Still> still = decode_still(refused);
    ASSERT_FALSE(still);
    EXPECT_EQ(still.error().kind, Error::Kind::unsupported) << still.error().message();
  }
}

TEST(Jpeg, ScanBombsAreRefused) {
  Still still = drawn_still({16, 16}, 1, 1);
  still.image = *Image::create(PixelFormat::gray8, {16, 16});
  still.traits.progressive = true;
  Bytes bytes = *encode_still(still, StillFormat::jpeg);
  // The last scan refines nothing here, so that it may come again and again.
  const auto is_scan = [&](size_t i) {
    return bytes[i] == std::byte{0xff} && bytes[i + 1] == std::byte{0xda};
  };
  size_t last_scan = bytes.size() - 2;
  while (last_scan > 0 && !is_scan(last_scan)) --last_scan;
  ASSERT_GT(last_scan, 0u);
  const Bytes scan(bytes.begin() + static_cast<ptrdiff_t>(last_scan), bytes.end() - 2);
  for (int i = 0; i < 200; ++i) bytes.insert(bytes.end() - 2, scan.begin(), scan.end());
  const Result<Still> refused = decode_still(bytes);
  ASSERT_FALSE(refused);
}

}  // namespace
}  // namespace faceveil
