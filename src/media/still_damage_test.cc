// Files that are cut short, lie about their size, or are no pictures: errors, never half a picture.

#include <gtest/gtest.h>

#include <random>

#include "base/limits.h"
#include "media/metadata/isobmff.h"
#include "media/still.h"
#include "media/still/numbers.h"
#include "media/still/riff_chunks.h"
#include "media/still_test_files.h"
#include "tests/support/drawn_pictures.h"
#include "tests/support/metadata_carriers.h"

namespace faceveil {
namespace {

constexpr StillFormat all_formats[] = {StillFormat::jpeg, StillFormat::png, StillFormat::webp,
                                       StillFormat::tiff, StillFormat::gif, StillFormat::bmp,
                                       StillFormat::heic, StillFormat::avif};

struct Variant {
  StillFormat format;
  bool progressive = false, lossless = true;
};

Bytes file_of(const Variant& variant, Size size) {
  Still still = test::still_with(test::gradient_picture(PixelFormat::rgb8, size), variant.format);
  still.traits.progressive = variant.progressive;
  still.traits.lossless = variant.lossless;
  return *encode_still(still, variant.format);
}

class Cut : public testing::TestWithParam<Variant> {};

// Every cut near the start, where the headers are, and sampled ones to the end.
TEST_P(Cut, FilesAreErrorsOrTheSamePicture) {
  const uint32_t seed = std::random_device()();
  std::mt19937 random(seed);
  const Bytes file = file_of(GetParam(), {97, 61});
  const Still whole = *decode_still(file);
  size_t refused_count = 0, tried_count = 0;
  for (size_t kept = 0; kept < file.size();
       kept += kept < 64 ? 1 : 1 + random() % (file.size() / 60)) {
    SCOPED_TRACE(testing::Message() << "seed " << seed << ", " << kept << " of " << file.size());
    const BytesView cut = BytesView(file).first(kept);
    const Result<Still> still = decode_still(cut);
    EXPECT_EQ(copy_without_metadata(cut).has_value(), still.has_value());
    ++tried_count;
    refused_count += !still;
    if (still) {
      EXPECT_EQ(test::largest_difference(still->image, whole.image), 0);
    } else if (sniff_still(cut)) {
      EXPECT_NE(still.error().kind, Error::Kind::over_limit);
    }
  }
  EXPECT_GT(refused_count, tried_count * 9 / 10);
}

INSTANTIATE_TEST_SUITE_P(Stills, Cut,
                         testing::Values(Variant{StillFormat::jpeg},
                                         Variant{StillFormat::jpeg, true},
                                         Variant{StillFormat::png}, Variant{StillFormat::webp},
                                         Variant{StillFormat::webp, false, false},
                                         Variant{StillFormat::tiff}, Variant{StillFormat::gif},
                                         Variant{StillFormat::bmp},
                                         Variant{StillFormat::heic, false, false},
                                         Variant{StillFormat::avif, false, false}),
                         [](const auto& variant) {
                           return std::string(format_name(variant.param.format)) +
                                  (variant.param.progressive ? "Progressive" : "") +
                                  (variant.param.lossless ? "" : "Lossy");
                         });

// A JPEG's coded data overwritten in the middle, with a restart marker that belongs nowhere.
TEST(Damage, InsideAJpegScanIsAnError) {
  Bytes file = file_of({StillFormat::jpeg}, {200, 200});
  const size_t middle = file.size() / 2;
  file[middle] = std::byte{0xff};
  file[middle + 1] = std::byte{0xd5};
  const Result<Still> still = decode_still(file);
  ASSERT_FALSE(still);
  EXPECT_EQ(still.error().kind, Error::Kind::bad_input);
  EXPECT_FALSE(copy_without_metadata(file));
}

// PNG's checksums see any flipped bit of the picture data.
TEST(Damage, InsidePngDataIsAnError) {
  const uint32_t seed = std::random_device()();
  SCOPED_TRACE(testing::Message() << "seed " << seed);
  std::mt19937 random(seed);
  const Bytes file = file_of({StillFormat::png}, {120, 80});
  for (int i = 0; i < 50; ++i) {
    Bytes flipped = file;
    const size_t at = 60 + random() % (file.size() - 60 - 24);
    flipped[at] ^= static_cast<std::byte>(1u << random() % 8);
    SCOPED_TRACE(testing::Message() << "byte " << at);
    const Result<Still> still = decode_still(flipped);
    const bool same =
        still && test::largest_difference(still->image, decode_still(file)->image) == 0;
    EXPECT_TRUE(!still || same);
  }
}

void overwrite(Bytes& file, size_t at, std::initializer_list<uint8_t> bytes) {
  for (const uint8_t byte : bytes) file[at++] = std::byte{byte};
}

void expect_over_limit(BytesView file) {
  const std::optional<StillFormat> format = sniff_still(file);
  ASSERT_TRUE(format);
  SCOPED_TRACE(format_name(*format));
  const Result<StillHeader> header = read_still_header(file);
  const Result<Still> still = decode_still(file);
  const Result<CleanCopy> copy = copy_without_metadata(file);
  ASSERT_FALSE(header);
  ASSERT_FALSE(still);
  ASSERT_FALSE(copy);
  EXPECT_EQ(header.error().kind, Error::Kind::over_limit) << header.error().message();
  EXPECT_EQ(still.error().kind, Error::Kind::over_limit) << still.error().message();
  EXPECT_EQ(copy.error().kind, Error::Kind::over_limit) << copy.error().message();
}

// The header alone says 60,000 x 60,000; the little file behind it never gets that far.
TEST(Limits, AreCheckedFromTheHeader) {
  Bytes png = file_of({StillFormat::png}, {8, 8});
  overwrite(png, 16, {0, 0, 0xea, 0x60, 0, 0, 0xea, 0x60});
  const uint32_t sum = test::png_checksum(BytesView(png).subspan(12, 17));
  overwrite(png, 29,
            {static_cast<uint8_t>(sum >> 24), static_cast<uint8_t>(sum >> 16),
             static_cast<uint8_t>(sum >> 8), static_cast<uint8_t>(sum)});
  expect_over_limit(png);

  Bytes jpeg = file_of({StillFormat::jpeg}, {8, 8});
  const std::string_view frame_start("\xff\xc0\x00\x11\x08", 5);
  overwrite(jpeg, as_text(jpeg).find(frame_start) + 5, {0xea, 0x60, 0xea, 0x60});
  expect_over_limit(jpeg);

  Bytes bmp = file_of({StillFormat::bmp}, {8, 8});
  overwrite(bmp, 18, {0x60, 0xea, 0, 0, 0x60, 0xea, 0, 0});
  expect_over_limit(bmp);

  Bytes tiff = test::plain_tiff(test::gradient_picture(PixelFormat::gray8, {8, 8}),
                                Orientation::top_left, "");
  constexpr size_t first_entry_at = 8 + 8 * 8 + 1 + 2;
  overwrite(tiff, first_entry_at + 8, {0x60, 0xea, 0, 0});
  overwrite(tiff, first_entry_at + 12 + 8, {0x60, 0xea, 0, 0});
  expect_over_limit(tiff);
}

Bytes repeated(BytesView part, int64_t count) {
  Bytes all;
  all.reserve(part.size() * static_cast<size_t>(count));
  for (int64_t i = 0; i < count; ++i) append(all, part);
  return all;
}

// Small ones, of which a file has room for millions: they would be listed in more memory than the
// file has.
TEST(Limits, HoldForThePartsOfAFile) {
  using namespace std::string_view_literals;
  Bytes png = file_of({StillFormat::png}, {8, 8});
  const Bytes chunk = test::text_bytes("\0\0\0\0prVt\xa6\x87\x8c\x49"sv);
  const Bytes chunks = repeated(chunk, limits::picture_parts_max);
  png.insert(png.begin() + 33, chunks.begin(), chunks.end());
  expect_over_limit(png);

  const Bytes webp = file_of({StillFormat::webp}, {8, 8});
  Bytes body(webp.begin() + 12, webp.end());
  append(body, repeated(test::text_bytes("MINE\0\0\0\0"sv), limits::picture_parts_max));
  expect_over_limit(riff_file(body));
  Bytes frame(16);
  append(frame, body);
  Bytes framed;
  append_riff_chunk(framed, "ANMF", frame);
  expect_over_limit(riff_file(framed));

  Bytes heic = file_of({StillFormat::heic, false, false}, {64, 64});
  append(heic, repeated(test::text_bytes("\0\0\0\x8"
                                         "free"sv),
                        iso_boxes_max));
  expect_over_limit(heic);
}

TEST(Limits, HoldForEncodingToo) {
  const Still wide =
      test::still_with(*Image::create(PixelFormat::gray8, {17'000, 1}), StillFormat::png);
  EXPECT_TRUE(encode_still(wide, StillFormat::png));
  const Result<Bytes> refused = encode_still(wide, StillFormat::webp);  // Its sides have 14 bits.
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, Error::Kind::over_limit);
}

TEST(Stills, WhatIsNoPictureIsRefusedAsUnsupported) {
  using namespace std::string_view_literals;
  for (const std::string_view text : {""sv, "B"sv, "P6 1 1 255 abc"sv,
                                      "<svg xmlns='http://www.w3.org/2000/svg'/>"sv, "%PDF-1.7"sv,
                                      "\0\0\0\x18"
                                      "ftypisom\0\0\0\0isomiso2"sv,
                                      "RIFF\4\0\0\0AVI "sv, "GIF88a"sv}) {
    SCOPED_TRACE(text);
    EXPECT_EQ(sniff_still(as_bytes(text)), std::nullopt);
    const Result<Still> still = decode_still(as_bytes(text));
    ASSERT_FALSE(still);
    EXPECT_EQ(still.error().kind, Error::Kind::unsupported);
  }
}

// Bytes that begin like each format and go on at random.
TEST(Stills, RandomBytesBehindAGoodStartAreErrors) {
  const uint32_t seed = std::random_device()();
  SCOPED_TRACE(testing::Message() << "seed " << seed);
  std::mt19937 random(seed);
  for (const StillFormat format : all_formats) {
    SCOPED_TRACE(format_name(format));
    for (int i = 0; i < 20; ++i) {
      Bytes file = file_of({format}, {16, 16});
      file.resize(std::min<size_t>(file.size(), 40));
      for (int j = 0; j < 400; ++j) file.push_back(static_cast<std::byte>(random()));
      EXPECT_FALSE(decode_still(file));
    }
  }
}

}  // namespace
}  // namespace faceveil
