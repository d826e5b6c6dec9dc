// What inspect_metadata() finds, and that no file makes it fall.

#include "media/metadata.h"

#include <gtest/gtest.h>

#include <random>
#include <set>

#include "base/language.h"
#include "base/limits.h"
#include "base/messages_zh.h"
#include "media/still.h"
#include "media/still/numbers.h"
#include "media/still_test_files.h"
#include "tests/support/drawn_pictures.h"
#include "tests/support/metadata_carriers.h"
#include "tests/support/random_seed.h"

namespace faceveil {
namespace {

using test::Carrier;

std::set<MetadataKind> kinds_in(const std::vector<MetadataFinding>& findings) {
  std::set<MetadataKind> kinds;
  for (const MetadataFinding& finding : findings) kinds.insert(finding.kind);
  return kinds;
}

std::string names_of(const std::set<MetadataKind>& kinds) {
  std::string names;
  for (const MetadataKind kind : kinds) names += std::string(kind_name(kind)) + " ";
  return names;
}

void expect_inside(const std::vector<MetadataFinding>& findings, size_t file_bytes) {
  for (const MetadataFinding& finding : findings) {
    EXPECT_LE(finding.offset, file_bytes) << kind_name(finding.kind);
  }
}

TEST(InspectMetadata, FindsWhatEveryCarrierHides) {
  for (const Carrier& carrier : test::metadata_carriers()) {
    SCOPED_TRACE(carrier.name);
    ASSERT_EQ(sniff_still(carrier.file), carrier.format);
    const auto findings = inspect_metadata(carrier.file);
    ASSERT_TRUE(findings) << findings.error().message();
    const std::set<MetadataKind> found = kinds_in(*findings);
    for (const MetadataKind kind : carrier.kinds) {
      EXPECT_TRUE(found.contains(kind)) << kind_name(kind) << " is not among " << names_of(found);
    }
    expect_inside(*findings, carrier.file.size());
  }
}

TEST(InspectMetadata, FindsNothingInFilesOfOurOwn) {
  for (const StillFormat format :
       {StillFormat::jpeg, StillFormat::png, StillFormat::webp, StillFormat::tiff, StillFormat::gif,
        StillFormat::bmp, StillFormat::heic, StillFormat::avif}) {
    SCOPED_TRACE(format_name(format));
    for (const PixelFormat pixels : {PixelFormat::rgb8, PixelFormat::rgba8, PixelFormat::gray8}) {
      Still still = test::still_with(test::gradient_picture(pixels, {40, 30}), format);
      still.icc_profile = test::small_icc_profile();
      const auto findings = inspect_metadata(*encode_still(still, format));
      ASSERT_TRUE(findings);
      for (const MetadataFinding& finding : *findings) {
        EXPECT_EQ(class_of(finding.kind), MetadataClass::colour)
            << kind_name(finding.kind) << " " << finding.detail;
      }
    }
  }
}

TEST(InspectMetadata, GivesPositionsAndDatesAsValues) {
  const Bytes exif = test::joined({test::text_bytes(std::string_view("Exif\0\0", 6)),
                                   test::talkative_exif(true, Orientation::top_left)});
  const Bytes plain = *encode_still(
      test::still_with(test::gradient_picture(PixelFormat::rgb8, {8, 8}), StillFormat::jpeg),
      StillFormat::jpeg);
  const auto findings = inspect_metadata(test::with_jpeg_segment(plain, 0xe1, exif));
  ASSERT_TRUE(findings);
  std::set<std::string> values;
  for (const MetadataFinding& finding : *findings) values.insert(finding.value);
  EXPECT_TRUE(values.contains("48.14642, 11.56667"));
  EXPECT_TRUE(values.contains("2026:01:02 03:04:05"));
  EXPECT_TRUE(values.contains("Model 4711"));
}

TEST(InspectMetadata, WhatIsNoPictureIsRefused) {
  for (const std::string_view text : {"", "hello", "%PDF-1.7"}) {
    const auto findings = inspect_metadata(as_bytes(text));
    ASSERT_FALSE(findings);
    EXPECT_EQ(findings.error().kind, Error::Kind::unsupported);
  }
}

TEST(InspectMetadata, ListsNoMorePartsThanTheLimit) {
  Bytes file = test::bytes_of("\xff\xd8\xff");
  for (int i = 0; i < 3 * limits::metadata_findings_max; ++i) {
    const Bytes comment = test::bytes_of(std::string_view("\xff\xfe\0\3x", 5));
    file.insert(file.end() - (i == 0 ? 1 : 0), comment.begin(), comment.end());
    if (i == 0) file.pop_back();
  }
  const auto findings = inspect_metadata(file);
  ASSERT_TRUE(findings);
  EXPECT_EQ(findings->size(), static_cast<size_t>(limits::metadata_findings_max));
  EXPECT_EQ(class_of(findings->back().kind), MetadataClass::picture);
}

// Three bytes of file for each of them.
TEST(InspectMetadata, WhatIsNotListedIsNotCarriedOn) {
  Bytes gif = test::text_bytes(std::string_view("GIF89a\x01\0\x01\0\0\0\0", 13));
  for (int i = 0; i < 2 * limits::metadata_findings_max; ++i) {
    append(gif, as_bytes(std::string_view("\x21\xfe\0", 3)));
  }
  const auto metadata = read_metadata(gif);
  ASSERT_TRUE(metadata);
  EXPECT_LE(std::ssize(metadata->notes), limits::metadata_findings_max);
  EXPECT_GT(metadata->notes.size(), 0u);
}

// A chain of directories that comes back to itself, and one that says it is endless.
TEST(InspectMetadata, DirectoriesThatGoInCirclesEnd) {
  Bytes tiff = test::plain_tiff(test::gradient_picture(PixelFormat::gray8, {8, 8}),
                                Orientation::top_left, "");
  std::copy(tiff.begin() + 4, tiff.begin() + 8, tiff.end() - 4);  // Next: the first.
  const auto findings = inspect_metadata(tiff);
  ASSERT_TRUE(findings);
  EXPECT_TRUE(kinds_in(*findings).contains(MetadataKind::damaged));
}

TEST(InspectMetadata, AGifThatEndsInAnExtensionsLabelIsHarmless) {
  const std::string_view gif("GIF89a\x01\0\x01\0\0\0\0\x21\xff", 15);
  for (size_t size = 13; size <= gif.size(); ++size) {
    const auto findings = inspect_metadata(as_bytes(gif.substr(0, size)));
    ASSERT_TRUE(findings);
    EXPECT_TRUE(kinds_in(*findings).contains(MetadataKind::damaged));
  }
}

// Any byte of any carrier may be another one.
TEST(InspectMetadata, RandomChangesNeverCrashIt) {
  std::mt19937 random(test::first_seed());
  for (const Carrier& carrier : test::metadata_carriers()) {
    for (int i = 0; i < 60; ++i) {
      Bytes file = carrier.file;
      for (auto changes = 1 + random() % 6; changes > 0; --changes) {
        constexpr uint8_t telling[] = {0, 1, 0x7f, 0x80, 0xff};
        const bool at_random = random() % 2;
        file[random() % file.size()] =
            static_cast<std::byte>(at_random ? random() : telling[random() % 5]);
      }
      if (random() % 4 == 0) file.resize(random() % file.size());
      const auto findings = inspect_metadata(file);
      const auto metadata = read_metadata(file);
      ASSERT_EQ(findings.has_value(), metadata.has_value());
      if (findings) expect_inside(*findings, file.size());
    }
  }
}

TEST(MetadataKinds, HaveNamesAndChineseTwins) {
  std::set<std::string_view> names;
  for (const MetadataKind kind : all_metadata_kinds()) {
    EXPECT_TRUE(names.insert(kind_name(kind)).second) << kind_name(kind);
    EXPECT_FALSE(chinese_message(kind_description(kind)).empty()) << kind_description(kind);
  }
}

TEST(XmpWithoutGps, DropsPositionsAndNothingElse) {
  const std::string with = test::talkative_xmp(false, true);
  const std::string without = xmp_without_gps(with);
  EXPECT_EQ(without, test::talkative_xmp(false, false));
  EXPECT_EQ(xmp_without_gps(without), without);
}

TEST(XmpWithoutGps, OfWhatIsNoXmlIsEmpty) {
  for (const std::string_view text : {"<a>", "<a></b>", "<a b=c/>", "<!DOCTYPE a><a/>",
                                      "<a><![CDATA[x]]></a>", "<a", "</a>", "<a b='<'/>"}) {
    EXPECT_EQ(xmp_without_gps(text), "") << text;
  }
}

}  // namespace
}  // namespace faceveil
