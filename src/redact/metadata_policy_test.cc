// What the policies keep, over every place that docs/privacy.md lists.

#include "redact/metadata_policy.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <set>

#include "base/files.h"
#include "base/limits.h"
#include "media/still.h"
#include "tests/support/drawn_pictures.h"
#include "tests/support/metadata_carriers.h"
#include "tests/support/second_pictures.h"
#include "tests/support/shared_data.h"

namespace faceveil {
namespace {

using test::Carrier;
using Keep = MetadataPolicy::Keep;

constexpr MetadataPolicy clean{Keep::nothing, false}, keep_dates{Keep::dates, false},
    keep_dates_and_gps{Keep::dates, true}, keep_all{Keep::all, false},
    keep_all_and_gps{Keep::all, true};
constexpr MetadataPolicy all_policies[] = {clean, keep_dates, keep_dates_and_gps, keep_all,
                                           keep_all_and_gps};

std::string name_of(const MetadataPolicy& policy) {
  return std::string(policy_name(policy.keep)) + (policy.gps ? " --keep-gps" : "");
}

bool contains(BytesView bytes, std::string_view text) {
  return as_text(bytes).find(text) != std::string_view::npos;
}

Bytes copy_of(BytesView file, const MetadataPolicy& policy) {
  Result<CleanCopy> copy = copy_with_metadata(file, *kept_metadata(file, policy));
  EXPECT_TRUE(copy) << copy.error().message();
  return copy ? std::move(copy->bytes) : Bytes();
}

// The two ways out: the picture copied, and encoded again.
std::vector<Bytes> outputs_of(BytesView file, const MetadataPolicy& policy) {
  const Result<Metadata> kept = kept_metadata(file, policy);
  EXPECT_TRUE(kept);
  const Result<Still> still = decode_still(file);
  EXPECT_TRUE(still) << still.error().message();
  Result<Bytes> again = encode_still(*still, still->format, *kept);
  EXPECT_TRUE(again) << again.error().message();
  return {copy_of(file, policy), std::move(*again)};
}

std::vector<MetadataFinding> findings_in(BytesView file) {
  const auto findings = inspect_metadata(file);
  EXPECT_TRUE(findings);
  return findings.value_or(std::vector<MetadataFinding>());
}

std::vector<Carrier> carriers_that_decode() {
  std::vector<Carrier> carriers = test::metadata_carriers();
  std::erase_if(carriers, [](const Carrier& carrier) { return !carrier.decodes; });
  return carriers;
}

// Not one test a carrier: each would be a process that makes all of them anew.
template <typename Test>
void with_every_carrier(const Test& test) {
  for (const Carrier& carrier : carriers_that_decode()) {
    SCOPED_TRACE(carrier.name);
    test(carrier);
  }
}

TEST(EveryCarrier, CleanLeavesNoMarkerAndNothingToFind) {
  with_every_carrier([](const Carrier& carrier) {
    for (const Bytes& output : outputs_of(carrier.file, clean)) {
      EXPECT_FALSE(contains(output, test::word_marker));
      EXPECT_FALSE(contains(output, test::picture_marker));
      for (const MetadataFinding& finding : findings_in(output)) {
        EXPECT_EQ(class_of(finding.kind), MetadataClass::colour)
            << kind_name(finding.kind) << " " << finding.detail;
      }
    }
  });
}

TEST(EveryCarrier, NoPolicyKeepsAPictureOrStrayBytes) {
  with_every_carrier([](const Carrier& carrier) {
    for (const MetadataPolicy& policy : all_policies) {
      SCOPED_TRACE(name_of(policy));
      for (const Bytes& output : outputs_of(carrier.file, policy)) {
        EXPECT_FALSE(contains(output, test::picture_marker));
        for (const MetadataFinding& finding : findings_in(output)) {
          const MetadataClass of = class_of(finding.kind);
          EXPECT_TRUE(of == MetadataClass::colour || of == MetadataClass::words ||
                      (of == MetadataClass::place && policy.gps))
              << kind_name(finding.kind) << " " << finding.detail;
          EXPECT_NE(finding.kind, MetadataKind::damaged) << finding.detail;
        }
      }
    }
  });
}

TEST(EveryCarrier, PixelsDoNotDependOnThePolicy) {
  with_every_carrier([](const Carrier& carrier) {
    const Result<Still> before = decode_still(carrier.file);
    ASSERT_TRUE(before);
    const Still wanted = *decode_still(copy_of(carrier.file, clean));
    for (const MetadataPolicy& policy : all_policies) {
      const Result<Still> after = decode_still(copy_of(carrier.file, policy));
      ASSERT_TRUE(after) << name_of(policy) << ": " << after.error().message();
      EXPECT_EQ(test::largest_difference(after->image, wanted.image), 0) << name_of(policy);
    }
  });
}

// What the table of `faceveil metadata` says comes true.
TEST(EveryCarrier, FatesComeTrueInTheCopy) {
  with_every_carrier([](const Carrier& carrier) {
    for (const MetadataPolicy& policy : all_policies) {
      SCOPED_TRACE(name_of(policy));
      std::set<std::pair<MetadataKind, MetadataPlace>> promised, found;
      for (const MetadataFinding& finding : findings_in(carrier.file)) {
        if (class_of(finding.kind) == MetadataClass::colour) continue;
        if (fate_of(finding, policy) != MetadataFate::dropped) {
          promised.emplace(finding.kind, finding.place);
        }
      }
      for (const MetadataFinding& finding : findings_in(copy_of(carrier.file, policy))) {
        if (class_of(finding.kind) != MetadataClass::colour) {
          found.emplace(finding.kind, finding.place);
        }
      }
      std::set<std::string_view> promised_names, found_names;
      for (const auto& [kind, place] : promised) promised_names.insert(kind_name(kind));
      for (const auto& [kind, place] : found) found_names.insert(kind_name(kind));
      EXPECT_EQ(promised_names, found_names);
    }
  });
}

bool same(const ExifTag& a, const ExifTag& b) {
  return a.directory == b.directory && a.tag == b.tag && a.type == b.type && a.count == b.count &&
         a.value == b.value;
}

// Whatever is kept is read from the output again as it was.
TEST(EveryCarrier, TagsKeepTheirValues) {
  with_every_carrier([](const Carrier& carrier) {
    for (const MetadataPolicy& policy : all_policies) {
      SCOPED_TRACE(name_of(policy));
      const Metadata kept = *kept_metadata(carrier.file, policy);
      const bool holds_exif =
          carrier.format != StillFormat::gif && carrier.format != StillFormat::bmp;
      if (!holds_exif) continue;
      for (const Bytes& output : outputs_of(carrier.file, policy)) {
        Metadata again = *read_metadata(output);
        ASSERT_EQ(again.tags.size(), kept.tags.size());
        for (const ExifTag& tag : kept.tags) {
          EXPECT_TRUE(std::any_of(again.tags.begin(), again.tags.end(),
                                  [&](const ExifTag& other) { return same(tag, other); }))
              << "tag " << tag.tag;
        }
        EXPECT_EQ(again.xmp, kept.xmp);
      }
    }
  });
}

// The places of second pictures that are known of files in the wild, each by its name.
TEST(MetadataCarriers, HaveEveryKnownPlaceOfAStillPicture) {
  const std::map<std::string_view, std::vector<std::string_view>> carriers_of = {
      {"EXIF IFD1 thumbnail", {"jpeg_exif_big", "jpeg_exif_little"}},
      {"JFXX thumbnail", {"jpeg_jfxx"}},
      {"Photoshop APP13 (0x040c)", {"jpeg_photoshop_1036", "tiff_photoshop"}},
      {"MPF, CIPA multi-picture", {"jpeg_mpf"}},
      {"depth maps", {"jpeg_depth"}},
      {"gain maps", {"jpeg_gain_map", "jpeg_iso_gain_map"}},
      {"motion photo", {"jpeg_motion_photo", "heic_film", "avif_film"}},
      {"XMP with a picture", {"jpeg_xmp_picture", "jpeg_xmp_extended", "png_xmp", "tiff_xmp"}},
      {"bytes behind EOI and IEND", {"jpeg_trailing", "png_trailing"}},
      {"PNG tEXt and eXIf", {"png_text", "png_exif"}},
      {"WebP EXIF and XMP", {"webp_exif", "webp_xmp"}},
      {"HEIF thumbnail items", {"heic_jpeg_thumbnail", "avif_jpeg_thumbnail"}},
      {"HEIF auxiliary items", {"heic_jpeg_auxiliary", "avif_jpeg_auxiliary"}},
  };
  std::set<std::string> tested;
  for (const Carrier& carrier : carriers_that_decode()) tested.insert(carrier.name);
  for (const auto& [place, names] : carriers_of) {
    for (const std::string_view name : names) {
      EXPECT_TRUE(tested.contains(std::string(name))) << place << ": " << name;
    }
  }
}

Bytes file_of(StillFormat format, const Metadata& kept) {
  Still still;
  still.image = test::gradient_picture(PixelFormat::rgb8, {40, 30});
  return *encode_still(still, format, kept);
}

Metadata talkative() {
  const Bytes jpeg = file_of(StillFormat::jpeg, {});
  const Bytes exif = test::joined({test::text_bytes(std::string_view("Exif\0\0", 6)),
                                   test::talkative_exif(true, Orientation::top_left)});
  const auto length = static_cast<uint8_t>((exif.size() + 2) & 255);
  const auto length_high = static_cast<uint8_t>((exif.size() + 2) >> 8);
  const Bytes head = {std::byte{0xff}, std::byte{0xe1}, std::byte{length_high}, std::byte{length}};
  Metadata metadata = *read_metadata(
      test::joined({BytesView(jpeg).first(2), head, exif, BytesView(jpeg).subspan(2)}));
  Metadata packet;
  packet.xmp = test::talkative_xmp(false, true);
  metadata.xmp = read_metadata(file_of(StillFormat::png, packet))->xmp;  // As the reader leaves it.
  metadata.notes = {{"Comment", "a comment \xc3\xa4"}, {"Author", "somebody"}};
  return metadata;
}

// From any format to any that has a place for it.
TEST(KeptMetadata, GoesFromFormatToFormat) {
  const Metadata said = talkative();
  ASSERT_GT(said.tags.size(), 8u);
  for (const StillFormat from : {StillFormat::jpeg, StillFormat::png, StillFormat::webp,
                                 StillFormat::tiff, StillFormat::heic, StillFormat::avif}) {
    SCOPED_TRACE(format_name(from));
    const Metadata again = *read_metadata(file_of(from, said));
    EXPECT_EQ(again.tags.size(), said.tags.size());
    EXPECT_EQ(again.xmp, said.xmp);
    const size_t notes = from == StillFormat::png ? 2 : from == StillFormat::jpeg ? 1 : 0;
    EXPECT_EQ(again.notes.size(), notes);
  }
  const Metadata in_gif = *read_metadata(file_of(StillFormat::gif, said));
  ASSERT_EQ(in_gif.notes.size(), 1u);
  EXPECT_EQ(in_gif.notes[0].text, said.notes[0].text);
  EXPECT_TRUE(read_metadata(file_of(StillFormat::bmp, said))->empty());
}

TEST(KeptMetadata, OfKeepDatesIsDatesAndCamera) {
  const Metadata kept = kept_of(talkative(), keep_dates);
  std::set<uint16_t> tags;
  for (const ExifTag& tag : kept.tags) tags.insert(tag.tag);
  EXPECT_EQ(tags, (std::set<uint16_t>{271, 272, 306, 36867}));
  EXPECT_TRUE(kept.xmp.empty());
  EXPECT_TRUE(kept.notes.empty());
}

TEST(KeptMetadata, OfKeepAllHasPositionsOnlyWhenAskedFor) {
  const auto has_gps = [](const Metadata& metadata) {
    return std::any_of(metadata.tags.begin(), metadata.tags.end(),
                       [](const ExifTag& tag) { return tag.directory == ExifTag::Directory::gps; });
  };
  const Metadata without = kept_of(talkative(), keep_all);
  const Metadata with = kept_of(talkative(), keep_all_and_gps);
  EXPECT_FALSE(has_gps(without));
  EXPECT_TRUE(has_gps(with));
  EXPECT_EQ(without.xmp.find("GPS"), std::string::npos);
  EXPECT_NE(with.xmp.find("GPS"), std::string::npos);
  EXPECT_FALSE(without.tags.empty());
  for (const ExifTag& tag : with.tags) EXPECT_NE(tag.tag, 37500) << "the maker note";
}

TEST(MetadataPolicies, AreNamed) {
  for (const Keep keep : {Keep::nothing, Keep::dates, Keep::all}) {
    EXPECT_EQ(parse_metadata_policy(policy_name(keep)), keep);
  }
  EXPECT_FALSE(parse_metadata_policy("everything"));
  EXPECT_FALSE(validate({Keep::nothing, true}));
  EXPECT_TRUE(validate(keep_dates_and_gps));
}

void expect_no_second_picture(BytesView input, const MetadataPolicy& policy) {
  const Result<Metadata> kept = kept_metadata(input, policy);
  ASSERT_TRUE(kept);
  const Result<CleanCopy> copy = copy_with_metadata(input, *kept);
  ASSERT_TRUE(copy) << copy.error().message();
  for (const std::string_view piece : test::pieces_of_second_pictures(input)) {
    EXPECT_FALSE(contains(copy->bytes, piece));
  }
  for (const MetadataFinding& finding : findings_in(copy->bytes)) {
    const MetadataClass of = class_of(finding.kind);
    EXPECT_TRUE(of == MetadataClass::colour || of == MetadataClass::words)
        << kind_name(finding.kind) << " " << finding.detail;
  }
}

TEST(CameraFiles, HaveNoSecondPictureInTheOutput) {
  const auto folder = SHARED_OR_SKIP("photos");
  size_t thumbnails = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    SCOPED_TRACE(entry.path().string());
    const Result<Bytes> file = read_file(entry.path(), limits::input_bytes_max);
    ASSERT_TRUE(file);
    if (!sniff_still(*file)) continue;
    for (const MetadataFinding& finding : findings_in(*file)) {
      thumbnails += test::is_second_picture(finding);
    }
    expect_no_second_picture(*file, keep_all);
    expect_no_second_picture(*file, clean);
  }
  EXPECT_GT(thumbnails, 0u);
}

}  // namespace
}  // namespace faceveil
