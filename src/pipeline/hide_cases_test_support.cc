#include "pipeline/hide_cases_test_support.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>

#include "base/sha256.h"
#include "media/still_test_files.h"
#include "plan/plan_json.h"
#include "redact/region_spans.h"
#include "tests/support/drawn_pictures.h"
#include "tests/support/metadata_carriers.h"

namespace faceveil::test {
namespace {

constexpr Effect hiding_effects[] = {Effect::veil, Effect::solid, Effect::emoji, Effect::image};

// What the effect image lays over faces.
const CoverPicture& cover() {
  static const CoverPicture instance = [] {
    Still still;
    still.image = gradient_picture(PixelFormat::rgba8, {40, 50});
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

// In one segment (ICC.1, annex B.4).
Bytes with_jpeg_profile(BytesView jpeg) {
  using namespace std::string_view_literals;
  return with_jpeg_segment(jpeg, 0xe2,
                           joined({text_bytes("ICC_PROFILE\0\1\1"sv), small_icc_profile()}));
}

}  // namespace

std::string HideCase::text() const {
  return std::string(format_name(way.from)) + " to " + std::string(format_name(way.to)) + ", " +
         jpeg.text() + (profile ? ", profile, " : ", ") + std::to_string(upright.width) + " x " +
         std::to_string(upright.height);
}

HideCase random_hide_case(const Way& way, std::mt19937& random) {
  HideCase made{way, random_jpeg_settings(random), false, {}, {}, {}};
  made.upright = {static_cast<int>(1 + random() % 160), static_cast<int>(1 + random() % 160)};
  // Files of these kinds can say which way up they are; ours of the others never do.
  const bool may_lie = way.from == StillFormat::jpeg || way.from == StillFormat::png ||
                       way.from == StillFormat::webp;
  if (!may_lie) made.jpeg.orientation = Orientation::top_left;
  for (uint32_t id = 1; id <= 3 && (id == 1 || random() % 2); ++id) {
    made.plan.tracks.push_back(random_track(random, made.upright, id));
  }
  // The one that we have is of colours.
  const bool may_have_profile = channel_count(way.pixels) >= 3 &&
                                (way.from == StillFormat::jpeg || way.from == StillFormat::png ||
                                 way.from == StillFormat::tiff);
  made.profile = may_have_profile && random() % 2;
  made.plan.cover = cover().fingerprint;
  made.options.cover = &cover();
  made.options.format = way.to;
  made.options.frame = random() % 5 == 0;
  made.options.upright = random() % 3 == 0;
  return made;
}

// Any of the pictures that a codec may meet, with no more colours than asked for.
Image random_picture(const HideCase& made, std::mt19937& random) {
  Image image = random() % 2
                    ? gradient_picture(made.way.pixels, made.upright)
                    : noise_picture(made.way.pixels, made.upright, static_cast<uint32_t>(random()));
  if (made.way.colours_a_channel == 256) return image;
  const int step = 255 / (made.way.colours_a_channel - 1);
  auto* const samples = image.row<uint8_t>(0);
  std::for_each(samples, samples + image.size_bytes(), [&](uint8_t& sample) {
    sample = static_cast<uint8_t>(sample * made.way.colours_a_channel / 256 * step);
  });
  return image;
}

// `image` with the pixels of `other` wherever the plan hides.
Image other_where_hidden(const HideCase& made, const Image& image, const Image& other) {
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
Bytes file_of(const HideCase& made, const Image& upright, std::mt19937& random) {
  const Orientation orientation = made.jpeg.orientation;
  Still still;
  still.image = turned_upright(upright.copy().value(), reversed(orientation)).value();
  const Size stored = still.image.size();
  still.traits.palette = made.way.colours_a_channel < 256;
  JpegSettings settings = made.jpeg;
  settings.orientation = Orientation::top_left;  // The things beside it say that.
  if (made.profile) still.icc_profile = small_icc_profile();
  Bytes plain = made.way.from == StillFormat::jpeg ? jpeg_file(still.image, settings)
                                                   : encode_still(still, made.way.from).value();
  if (made.profile && made.way.from == StillFormat::jpeg) plain = with_jpeg_profile(plain);
  return with_random_extras(plain, made.way.from, stored, orientation, random);
}

// By way of the plan's text, as on the command line.
Bytes hidden_file(const HideCase& made, BytesView file) {
  RedactionPlan plan = made.plan;
  plan.source = {sha256_hex(file), made.upright};
  const Result<Checked> checked =
      apply_and_verify(parse_plan(format_plan(plan)).value(), file, {}, made.options, {});
  EXPECT_TRUE(checked) << checked.error().message();
  if (!checked) return {};
  EXPECT_TRUE(checked->verification.clean()) << describe(checked->verification.findings);
  return checked->hidden.applied.bytes;
}

}  // namespace faceveil::test
