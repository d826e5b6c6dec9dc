// The promise that all others rest on: what is hidden does not reach the output. Pairs of files
// that differ only under what a plan hides, in their thumbnails, their metadata and their tails go
// the whole way, with verify at its end, and must come out as the same bytes.

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <optional>
#include <random>

#include "base/sha256.h"
#include "pipeline/checked_hide.h"
#include "plan/plan_json.h"
#include "redact/hidden_map.h"
#include "tests/support/drawn_pictures.h"
#include "tests/support/jpeg_files.h"
#include "tests/support/metadata_carriers.h"
#include "tests/support/random_seed.h"

namespace faceveil {
namespace {

constexpr uint32_t case_count = 240;
constexpr Effect hiding_effects[] = {Effect::veil, Effect::solid, Effect::emoji, Effect::image};

// From which format to which.
struct Way {
  StillFormat from, to;
  PixelFormat pixels;
  int colours_a_channel = 256;  // Few, where the input is to have a palette.
};

constexpr Way jpeg_ways[] = {
    {StillFormat::jpeg, StillFormat::jpeg, PixelFormat::rgb8},
    {StillFormat::jpeg, StillFormat::jpeg, PixelFormat::rgb8},
    {StillFormat::jpeg, StillFormat::jpeg, PixelFormat::gray8},
    {StillFormat::jpeg, StillFormat::png, PixelFormat::rgb8},
};
constexpr Way other_ways[] = {
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

struct Case {
  Way way;
  test::JpegSettings jpeg;  // Of JPEG files, its orientation of all.
  Size upright;
  RedactionPlan plan;  // Of no source yet.
  ApplyOptions options;
  std::string text() const {
    return std::string(format_name(way.from)) + " to " + std::string(format_name(way.to)) + ", " +
           jpeg.text() + ", " + std::to_string(upright.width) + " x " +
           std::to_string(upright.height);
  }
};

// What the effect image lays over faces.
const CoverPicture& cover() {
  static const CoverPicture instance = [] {
    Still still;
    still.image = test::gradient_picture(PixelFormat::rgba8, {40, 50});
    return decode_cover(*encode_still(still, StillFormat::png), "cover.png").value();
  }();
  return instance;
}

Track random_track(std::mt19937& random, Size picture, uint32_t id) {
  std::uniform_real_distribution<float> share(-0.3f, 1), side(0.01f, 0.6f), grow(0, 0.4f);
  const auto [width, height] =
      std::pair(static_cast<float>(picture.width), static_cast<float>(picture.height));
  Track track;
  track.id = id;
  track.effect = hiding_effects[random() % std::size(hiding_effects)];
  track.shape = random() % 2 ? Shape::ellipse : Shape::rectangle;
  track.grow = grow(random);
  const float left = share(random), top = share(random);
  track.keyframes = {
      {{0}, {left * width, top * height, 1 + side(random) * width, 1 + side(random) * height}, 1}};
  return track;
}

Case random_case(const Way& way, std::mt19937& random) {
  Case made{way, test::random_jpeg_settings(random), {}, {}, {}};
  made.upright = {static_cast<int>(1 + random() % 160), static_cast<int>(1 + random() % 160)};
  // Files of these kinds can say which way up they are; ours of the others never do.
  const bool may_lie = way.from == StillFormat::jpeg || way.from == StillFormat::png ||
                       way.from == StillFormat::webp;
  if (!may_lie) made.jpeg.orientation = Orientation::top_left;
  for (uint32_t id = 1; id <= 3 && (id == 1 || random() % 2); ++id) {
    made.plan.tracks.push_back(random_track(random, made.upright, id));
  }
  made.plan.cover = cover().fingerprint;
  made.options.cover = &cover();
  made.options.format = way.to;
  made.options.frame = random() % 5 == 0;
  made.options.upright = random() % 3 == 0;
  return made;
}

// Any of the pictures that a codec may meet, with no more colours than asked for.
Image random_picture(const Case& made, std::mt19937& random) {
  Image image = random() % 2 ? test::gradient_picture(made.way.pixels, made.upright)
                             : test::noise_picture(made.way.pixels, made.upright,
                                                   static_cast<uint32_t>(random()));
  if (made.way.colours_a_channel == 256) return image;
  const int step = 255 / (made.way.colours_a_channel - 1);
  auto* const samples = image.row<uint8_t>(0);
  std::for_each(samples, samples + image.size_bytes(), [&](uint8_t& sample) {
    sample = static_cast<uint8_t>(sample * made.way.colours_a_channel / 256 * step);
  });
  return image;
}

// `image` with the pixels of `other` wherever the plan hides.
Image other_where_hidden(const Case& made, const Image& image, const Image& other) {
  Image mixed = image.copy().value();
  const ptrdiff_t pixel_bytes = ptrdiff_t{image.channels()} * bytes_per_sample(image.format());
  for (const Region& region : regions_at(made.plan, MediaTime{0})) {
    for (const Span& span : spans_of(region, made.upright)) {
      std::memcpy(mixed.row<std::byte>(span.y) + span.x_begin * pixel_bytes,
                  other.row<std::byte>(span.y) + span.x_begin * pixel_bytes,
                  static_cast<size_t>((span.x_end - span.x_begin) * pixel_bytes));
    }
  }
  return mixed;
}

// The upright picture as a file that lies as the case says, with things beside it.
Bytes file_of(const Case& made, const Image& upright, std::mt19937& random) {
  const Orientation orientation = made.jpeg.orientation;
  Still still;
  still.image = turned_upright(upright.copy().value(), reversed(orientation)).value();
  const Size stored = still.image.size();
  still.traits.palette = made.way.colours_a_channel < 256;
  test::JpegSettings settings = made.jpeg;
  settings.orientation = Orientation::top_left;  // The things beside it say that.
  const Bytes plain = made.way.from == StillFormat::jpeg
                          ? test::jpeg_file(still.image, settings)
                          : encode_still(still, made.way.from).value();
  return test::with_random_extras(plain, made.way.from, stored, orientation, random);
}

// By way of the plan's text, as on the command line.
Bytes hidden_file(const Case& made, BytesView file) {
  RedactionPlan plan = made.plan;
  plan.source = {sha256_hex(file), made.upright};
  const Result<Checked> checked =
      apply_and_verify(parse_plan(format_plan(plan)).value(), file, {}, made.options, {});
  EXPECT_TRUE(checked) << checked.error().message();
  if (!checked) return {};
  EXPECT_TRUE(checked->verification.clean()) << describe(checked->verification.findings);
  return checked->hidden.applied.bytes;
}

void expect_no_interference(const Case& made, std::mt19937& random) {
  const Image image = random_picture(made, random);
  const Image other = other_where_hidden(made, image, random_picture(made, random));
  const Bytes one_file = file_of(made, image, random), other_file = file_of(made, other, random);
  ASSERT_NE(one_file, other_file);
  const Bytes one = hidden_file(made, one_file);
  ASSERT_FALSE(one.empty());
  ASSERT_EQ(sniff_still(one), made.way.to);
  ASSERT_TRUE(one == hidden_file(made, other_file)) << "what was hidden reached the output";
}

const Way& way_of(uint32_t index) {
  return index % 2 ? other_ways[index / 2 % std::size(other_ways)]
                   : jpeg_ways[index / 2 % std::size(jpeg_ways)];
}

TEST(NonInterference, HoldsFromFileToFile) {
  const uint32_t first_seed = test::first_seed();
  for (uint32_t index = 0; index < case_count && !HasFailure(); ++index) {
    std::mt19937 random(first_seed + index);
    const Case made = random_case(way_of(index), random);
    SCOPED_TRACE(testing::Message() << "case " << index << ": " << made.text());
    expect_no_interference(made, random);
  }
}

}  // namespace
}  // namespace faceveil
