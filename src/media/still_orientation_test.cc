// The eight orientations of one picture: all come out alike, upright, and stay so.

#include <gtest/gtest.h>

#include "media/still.h"
#include "media/still_test_files.h"
#include "tests/support/drawn_pictures.h"

namespace faceveil {
namespace {

constexpr Size upright{52, 36};
const std::string secret = "GEHEIM-4711";

Bytes stored_file(const Image& stored, Orientation orientation, StillFormat format) {
  if (format == StillFormat::tiff) return test::plain_tiff(stored, orientation, secret);
  Still still = test::still_with(*stored.copy(), format);
  still.traits.chroma_across = still.traits.chroma_down = 1;
  const Bytes plain = *encode_still(still, format);
  const Bytes exif = test::exif_with(orientation, secret);
  if (format == StillFormat::png) return test::with_png_chunk(plain, "eXIf", exif);
  if (format == StillFormat::webp) {
    return test::with_webp_chunks(plain, stored.size(), {{"EXIF", exif}});
  }
  Bytes segment = test::bytes_of(std::string_view("Exif\0\0", 6));
  segment.insert(segment.end(), exif.begin(), exif.end());
  return test::with_jpeg_segment(plain, 0xe1, segment);
}

class Turned : public testing::TestWithParam<std::tuple<StillFormat, int>> {
 protected:
  StillFormat format() const { return std::get<0>(GetParam()); }
  Orientation orientation() const { return static_cast<Orientation>(std::get<1>(GetParam())); }
  // JPEG rounds; the others keep every bit.
  double tolerance() const { return format() == StillFormat::jpeg ? 0.1 : 0; }

  Image picture() const {
    const bool gray = format() == StillFormat::tiff;
    return test::gradient_picture(gray ? PixelFormat::gray8 : PixelFormat::rgb8, upright);
  }
  Bytes file() const {
    return stored_file(test::stored_for(picture(), orientation()), orientation(), format());
  }
};

TEST_P(Turned, ComesOutUpright) {
  const Bytes bytes = file();
  ASSERT_TRUE(test::contains(bytes, secret));
  EXPECT_EQ(read_still_header(bytes)->size, upright);
  const Result<Still> still = decode_still(bytes);
  ASSERT_TRUE(still) << still.error().message(Language::english);
  EXPECT_LE(test::largest_difference(still->image, picture()), tolerance());
}

TEST_P(Turned, IsWrittenUprightWithoutExif) {
  const Still still = *decode_still(file());
  const Bytes written = *encode_still(still, format());
  EXPECT_FALSE(test::contains(written, secret));
  EXPECT_FALSE(test::contains(written, "Exif"));
  EXPECT_LE(test::largest_difference(decode_still(written)->image, picture()), 2 * tolerance());
}

TEST_P(Turned, CopyIsTheSamePictureWithoutTheRest) {
  const Bytes bytes = file();
  const Result<CleanCopy> copy = copy_without_metadata(bytes);
  ASSERT_TRUE(copy) << copy.error().message(Language::english);
  EXPECT_TRUE(copy->pixels_identical);
  EXPECT_FALSE(test::contains(copy->bytes, secret));
  EXPECT_EQ(test::largest_difference(decode_still(copy->bytes)->image, decode_still(bytes)->image),
            0);
}

INSTANTIATE_TEST_SUITE_P(Stills, Turned,
                         testing::Combine(testing::Values(StillFormat::jpeg, StillFormat::png,
                                                          StillFormat::webp, StillFormat::tiff),
                                          testing::Range(1, 9)),
                         [](const auto& variant) {
                           return std::string(format_name(std::get<0>(variant.param))) +
                                  std::to_string(std::get<1>(variant.param));
                         });

}  // namespace
}  // namespace faceveil
