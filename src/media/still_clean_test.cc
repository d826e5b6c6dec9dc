// Nothing but the picture leaves: neither by encode_still() nor by copy_without_metadata().

#include <gtest/gtest.h>

#include <functional>

#include "media/still.h"
#include "media/still_test_files.h"
#include "tests/support/drawn_pictures.h"

namespace faceveil {
namespace {

using test::bytes_of;

const std::string secret = "GEHEIM-4711";
constexpr Size size{40, 30};

Bytes picture_file(StillFormat format) {
  Still still = test::still_with(test::gradient_picture(PixelFormat::rgb8, size), format);
  still.icc_profile = test::small_icc_profile();
  return *encode_still(still, format);
}

Bytes joined(std::string_view head, BytesView tail) {
  Bytes whole = bytes_of(head);
  whole.insert(whole.end(), tail.begin(), tail.end());
  return whole;
}

Bytes with_tail(Bytes file) {
  const Bytes tail = bytes_of("after the end: " + secret);
  file.insert(file.end(), tail.begin(), tail.end());
  return file;
}

// Everything that cameras, phones and programs hang on a JPEG picture.
Bytes talkative_jpeg() {
  using namespace std::string_literals;
  const Bytes exif = test::exif_with(Orientation::top_left, secret);
  Bytes file = picture_file(StillFormat::jpeg);
  file = test::with_jpeg_segment(file, 0xe2, bytes_of("MPF\0"s + secret));
  file = test::with_jpeg_segment(file, 0xed, bytes_of("Photoshop 3.0\0"s + secret));
  file = test::with_jpeg_segment(file, 0xe1, bytes_of("http://ns.adobe.com/xap/1.0/\0"s + secret));
  file = test::with_jpeg_segment(file, 0xe0, bytes_of("JFXX\0"s + secret));
  file = test::with_jpeg_segment(file, 0xe1, joined("Exif\0\0"s, exif));
  file = test::with_jpeg_segment(file, 0xfe, bytes_of(secret));
  file = with_tail(std::move(file));
  const Bytes further = picture_file(StillFormat::jpeg);
  file.insert(file.end(), further.begin(), further.end());
  return file;
}

Bytes talkative_png() {
  Bytes file = picture_file(StillFormat::png);
  for (const std::string_view type : {"tEXt", "zTXt", "iTXt", "eXIf", "tIME", "prVt"}) {
    file = test::with_png_chunk(file, type, bytes_of(secret));
  }
  return with_tail(std::move(file));
}

Bytes talkative_webp() {
  const Bytes exif = test::exif_with(Orientation::top_left, secret);
  Still still =
      test::still_with(test::gradient_picture(PixelFormat::rgb8, size), StillFormat::webp);
  const Bytes simple = *encode_still(still, StillFormat::webp);
  return with_tail(test::with_webp_chunks(
      simple, size, {{"EXIF", exif}, {"XMP ", bytes_of(secret)}, {"PRVT", bytes_of(secret)}}));
}

Bytes talkative_tiff() {
  return with_tail(test::plain_tiff(test::gradient_picture(PixelFormat::gray8, size),
                                    Orientation::top_left, secret));
}

// A comment extension (GIF89a, 24) before the first picture.
Bytes talkative_gif() {
  Bytes file = picture_file(StillFormat::gif);
  const auto table_bits = std::to_integer<int>(file[10]);
  const size_t table_bytes = table_bits & 0x80 ? size_t{3} << ((table_bits & 7) + 1) : 0;
  Bytes comment = {std::byte{0x21}, std::byte{0xfe}, static_cast<std::byte>(secret.size())};
  const Bytes text = bytes_of(secret);
  comment.insert(comment.end(), text.begin(), text.end());
  comment.push_back(std::byte{0});
  file.insert(file.begin() + static_cast<ptrdiff_t>(13 + table_bytes), comment.begin(),
              comment.end());
  return with_tail(std::move(file));
}

Bytes talkative_bmp() { return with_tail(picture_file(StillFormat::bmp)); }

struct Talkative {
  const char* name;
  Bytes (*file)();
};

class Metadata : public testing::TestWithParam<Talkative> {};

TEST_P(Metadata, IsNotInTheCleanCopy) {
  const Bytes file = GetParam().file();
  ASSERT_TRUE(test::contains(file, secret));
  const Result<CleanCopy> copy = copy_without_metadata(file);
  ASSERT_TRUE(copy) << copy.error().message();
  EXPECT_FALSE(test::contains(copy->bytes, secret));
  EXPECT_FALSE(test::contains(copy->bytes, "Exif"));
  const Still before = *decode_still(file), after = *decode_still(copy->bytes);
  EXPECT_EQ(after.icc_profile, before.icc_profile);
  EXPECT_EQ(copy->pixels_identical, test::largest_difference(before.image, after.image) == 0);
}

TEST_P(Metadata, IsNotInTheEncodedPicture) {
  const Bytes file = GetParam().file();
  const Result<Still> decoded = decode_still(file);
  ASSERT_TRUE(decoded) << decoded.error().message();
  const Still& still = *decoded;
  const Bytes written = *encode_still(still, still.format);
  EXPECT_FALSE(test::contains(written, secret));
  EXPECT_FALSE(test::contains(written, "Exif"));
}

INSTANTIATE_TEST_SUITE_P(
    Stills, Metadata,
    testing::Values(Talkative{"jpeg", talkative_jpeg}, Talkative{"png", talkative_png},
                    Talkative{"webp", talkative_webp}, Talkative{"tiff", talkative_tiff},
                    Talkative{"gif", talkative_gif}, Talkative{"bmp", talkative_bmp}),
    [](const auto& variant) { return std::string(variant.param.name); });

class CleanAlready : public testing::TestWithParam<StillFormat> {};

TEST_P(CleanAlready, IsCopiedByteForByte) {
  const Bytes file = picture_file(GetParam());
  const CleanCopy copy = *copy_without_metadata(file);
  EXPECT_TRUE(copy.pixels_identical);
  EXPECT_EQ(copy.bytes, file);
}

INSTANTIATE_TEST_SUITE_P(Stills, CleanAlready,
                         testing::Values(StillFormat::jpeg, StillFormat::png, StillFormat::webp),
                         [](const auto& variant) {
                           return std::string(format_name(variant.param));
                         });

TEST(CleanCopy, OfATalkativeJpegIsThePlainOne) {
  EXPECT_EQ(copy_without_metadata(talkative_jpeg())->bytes, picture_file(StillFormat::jpeg));
}

TEST(CleanCopy, KeepsJfifDensityButNotItsThumbnail) {
  Still still =
      test::still_with(test::gradient_picture(PixelFormat::rgb8, size), StillFormat::jpeg);
  still.traits.dots_per_inch_x = still.traits.dots_per_inch_y = 300;
  const Bytes plain = *encode_still(still, StillFormat::jpeg);
  // JFIF 1.02: the thumbnail's sides at bytes 12 and 13 of the content, its pixels after them.
  constexpr size_t segment_at = 2, segment_bytes = 18;
  Bytes jfif(plain.begin() + segment_at + 4, plain.begin() + segment_at + segment_bytes);
  jfif[12] = jfif[13] = std::byte{2};
  const Bytes pixels = bytes_of("GEHEIM-4711!");
  jfif.insert(jfif.end(), pixels.begin(), pixels.end());
  Bytes without_jfif = plain;
  without_jfif.erase(without_jfif.begin() + segment_at,
                     without_jfif.begin() + segment_at + segment_bytes);
  const Bytes file = test::with_jpeg_segment(without_jfif, 0xe0, jfif);
  ASSERT_TRUE(decode_still(file));
  EXPECT_EQ(copy_without_metadata(file)->bytes, plain);
}

// Only the orientation stays of EXIF, as without it the picture would lie on its side.
TEST(CleanCopy, OfATurnedJpegKeepsTheScanAndTheOrientation) {
  const Bytes plain = picture_file(StillFormat::jpeg);
  const Bytes exif = test::exif_with(Orientation::right_top, secret);
  const Bytes file =
      test::with_jpeg_segment(plain, 0xe1, joined(std::string_view("Exif\0\0", 6), exif));
  const CleanCopy copy = *copy_without_metadata(file);
  EXPECT_FALSE(test::contains(copy.bytes, secret));
  EXPECT_EQ(read_still_header(copy.bytes)->size, (Size{size.height, size.width}));
  const BytesView scan = BytesView(plain).last(200), copied_scan = BytesView(copy.bytes).last(200);
  EXPECT_TRUE(std::equal(scan.begin(), scan.end(), copied_scan.begin()));
  EXPECT_LT(copy.bytes.size(), plain.size() + 64);
}

}  // namespace
}  // namespace faceveil
