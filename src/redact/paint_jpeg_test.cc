// What hiding in a JPEG's coefficients promises, over random pictures, plans and kinds of files.

#include "redact/paint_jpeg.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <random>

#include "redact/jpeg_clusters.h"
#include "redact/paint.h"
#include "redact/region_spans.h"
#include "tests/support/drawn_pictures.h"
#include "tests/support/jpeg_files.h"
#include "tests/support/random_seed.h"

namespace faceveil {
namespace {

constexpr int case_count = 250;

constexpr std::initializer_list<Effect> all_effects = {Effect::veil,  Effect::solid,  Effect::emoji,
                                                       Effect::image, Effect::mosaic, Effect::blur};
constexpr std::initializer_list<Effect> hiding_effects = {Effect::veil, Effect::solid,
                                                          Effect::emoji, Effect::image};

struct Case {
  Image stored;
  test::JpegSettings settings;
  std::vector<Region> regions;
  bool frames = false;
};

Region random_region(std::mt19937& random, Size picture, std::initializer_list<Effect> effects) {
  std::uniform_real_distribution<float> share(-0.3f, 1), side(0.01f, 0.6f);
  Region region;
  region.face = {share(random) * static_cast<float>(picture.width),
                 share(random) * static_cast<float>(picture.height),
                 1 + side(random) * static_cast<float>(picture.width),
                 1 + side(random) * static_cast<float>(picture.height)};
  region.box = grown(region.face, 0.2f);
  region.shape = random() % 2 ? Shape::ellipse : Shape::rectangle;
  region.effect = effects.begin()[random() % effects.size()];
  return region;
}

Case random_case(uint32_t seed, std::initializer_list<Effect> effects) {
  std::mt19937 random(seed);
  const Size size = {static_cast<int>(1 + random() % 220), static_cast<int>(1 + random() % 220)};
  const PixelFormat format = random() % 5 ? PixelFormat::rgb8 : PixelFormat::gray8;
  Case made;
  made.stored =
      random() % 2 ? test::gradient_picture(format, size) : test::noise_picture(format, size, seed);
  made.settings = test::random_jpeg_settings(random);
  made.frames = random() % 4 == 0;
  for (size_t i = 0, count = 1 + random() % 3; i < count; ++i) {
    made.regions.push_back(
        random_region(random, upright_size(size, made.settings.orientation), effects));
  }
  return made;
}

// Each failure names its seed.
template <typename Test>
void with_random_cases(std::initializer_list<Effect> effects, Test test) {
  const uint32_t first_seed = test::first_seed();
  for (uint32_t seed = first_seed; seed != first_seed + case_count; ++seed) {
    const Case made = random_case(seed, effects);
    SCOPED_TRACE(testing::Message()
                 << "seed " << seed << ": " << made.settings.text() << ", "
                 << made.stored.size().width << "x" << made.stored.size().height << ", "
                 << made.regions.size() << " regions" << (made.frames ? ", frames" : ""));
    test(seed, made);
    if (testing::Test::HasFailure()) return;
  }
}

// What the effect image lays over faces.
const Cover& cover() {
  static const Cover instance =
      Cover::create(test::gradient_picture(PixelFormat::rgba8, {40, 50})).value();
  return instance;
}

Bytes hidden_file(BytesView file, const Case& made) {
  JpegPicture picture = JpegPicture::read(file).value();
  EXPECT_FALSE(picture.obstacle());
  EXPECT_TRUE(paint_jpeg(picture, made.regions, made.frames, &cover()));
  return picture.write(false).value();
}

// The stored picture with noise under those regions that `wanted` takes.
template <typename Wanted>
Image other_inside(const Case& made, uint32_t seed, Wanted wanted) {
  const Orientation orientation = made.settings.orientation;
  Image upright = turned_upright(made.stored.copy().value(), orientation).value();
  const Image noise = test::noise_picture(upright.format(), upright.size(), seed);
  for (const Region& region : made.regions) {
    if (!wanted(region.effect)) continue;
    for (const Span& span : spans_of(region, upright.size())) {
      const ptrdiff_t channels = upright.channels();
      std::memcpy(upright.row<uint8_t>(span.y) + span.x_begin * channels,
                  noise.row<uint8_t>(span.y) + span.x_begin * channels,
                  static_cast<size_t>((span.x_end - span.x_begin) * channels));
    }
  }
  return turned_upright(std::move(upright), reversed(orientation)).value();
}

TEST(PaintJpeg, NonInterference) {
  with_random_cases(hiding_effects, [](uint32_t seed, const Case& made) {
    const Image other = other_inside(made, seed + 1'000'000, [](Effect) { return true; });
    ASSERT_EQ(hidden_file(test::jpeg_file(made.stored, made.settings), made),
              hidden_file(test::jpeg_file(other, made.settings), made));
  });
}

// Mosaic and blur read what they hide, but nothing of what their neighbours hide.
TEST(PaintJpeg, ReadingEffectsSeeNothingUnderAVeil) {
  with_random_cases(all_effects, [](uint32_t seed, const Case& made) {
    const auto hides = [](Effect effect) { return !reads_what_it_hides(effect); };
    const Image other = other_inside(made, seed + 1'000'000, hides);
    ASSERT_EQ(hidden_file(test::jpeg_file(made.stored, made.settings), made),
              hidden_file(test::jpeg_file(other, made.settings), made));
  });
}

TEST(PaintJpeg, Locality) {
  with_random_cases(all_effects, [](uint32_t, const Case& made) {
    const Bytes file = test::jpeg_file(made.stored, made.settings);
    const JpegPicture before = JpegPicture::read(file).value();
    const JpegPicture after = JpegPicture::read(hidden_file(file, made)).value();
    const TouchedMcus touched =
        touched_mcus(stored_regions(made.regions, before), before, made.frames);
    for (size_t c = 0; c < before.components().size(); ++c) {
      const JpegComponent& component = before.components()[c];
      ASSERT_EQ(component.quantisation, after.components()[c].quantisation);
      for (int y = 0; y < component.blocks.height; ++y) {
        for (int x = 0; x < component.blocks.width; ++x) {
          if (touched.all.has(x / component.mcu_blocks_across, y / component.mcu_blocks_down)) {
            continue;
          }
          ASSERT_EQ(before.coefficients(c, x, y), after.coefficients(c, x, y));
        }
      }
    }
  });
}

TEST(PaintJpeg, HidingTwiceIsHidingOnce) {
  with_random_cases(hiding_effects, [](uint32_t, const Case& made) {
    const Bytes once = hidden_file(test::jpeg_file(made.stored, made.settings), made);
    ASSERT_EQ(hidden_file(once, made), once);
  });
}

// Every pixel of a region, as decoders show it, lies in a touched MCU, and so do its neighbours.
TEST(PaintJpeg, TouchesEveryMcuOfARegion) {
  with_random_cases({Effect::veil}, [](uint32_t, const Case& made) {
    const JpegPicture picture =
        JpegPicture::read(test::jpeg_file(made.stored, made.settings)).value();
    const Size stored = picture.stored_size(), mcu = picture.mcu_pixels();
    const Size upright = upright_size(stored, picture.orientation());
    const TouchedMcus touched = touched_mcus(stored_regions(made.regions, picture), picture, false);
    for (const Region& region : made.regions) {
      for (const Span& span : spans_of(region, upright)) {
        for (int x = span.x_begin; x < span.x_end; ++x) {
          const Rect pixel = stored_rect({static_cast<float>(x), static_cast<float>(span.y), 1, 1},
                                         stored, picture.orientation());
          ASSERT_TRUE(touched.all.has(static_cast<int>(pixel.x) / mcu.width,
                                      static_cast<int>(pixel.y) / mcu.height));
        }
      }
    }
  });
}

TEST(PaintJpeg, RegionsOutsideThePictureChangeNothing) {
  Case made;
  made.stored = test::gradient_picture(PixelFormat::rgb8, {100, 80});
  made.frames = true;
  Region region;
  region.box = region.face = {-60, -60, 40, 40};
  made.regions = {region};
  const Bytes file = test::jpeg_file(made.stored, made.settings);
  EXPECT_EQ(hidden_file(file, made), file);
}

TEST(PaintJpeg, AFaceThatFillsTheFrameIsHiddenAll) {
  Case made;
  Region region;
  region.box = region.face = {-100, -100, 400, 400};
  made.regions = {region};
  made.stored = test::noise_picture(PixelFormat::rgb8, {90, 70}, 1);
  const Bytes one = hidden_file(test::jpeg_file(made.stored, made.settings), made);
  const Image other = test::noise_picture(PixelFormat::rgb8, {90, 70}, 2);
  EXPECT_EQ(hidden_file(test::jpeg_file(other, made.settings), made), one);
}

uint8_t luma_at(const Image& image, int x, int y) {
  const uint8_t* p = image.row<uint8_t>(y) + x * 3;
  return static_cast<uint8_t>((77 * p[0] + 150 * p[1] + 29 * p[2]) >> 8);
}

// The veil meets its surroundings: over a smooth picture no step is larger than quantisation makes
// by itself. Quality 50 has the coarsest tables that are in use.
TEST(PaintJpeg, VeilHasNoEdgeAtTheRim) {
  for (const int quality : {50, 75, 90}) {
    Case made;
    made.settings.quality = quality;
    Region region;
    region.face = {70, 170, 110, 120};  // Away from the drawn stripe.
    region.box = grown(region.face, 0.2f);
    made.regions = {region};
    made.stored = test::gradient_picture(PixelFormat::rgb8, {400, 400});
    test::draw_face(made.stored, region.face);
    const Bytes file = test::jpeg_file(made.stored, made.settings);
    const Image after = decode_still(hidden_file(file, made)).value().image;
    int most = 0;
    for (int y = 125; y < 340; ++y) {
      for (int x = 20; x < 230; ++x) {
        most = std::max({most, std::abs(luma_at(after, x, y) - luma_at(after, x + 1, y)),
                         std::abs(luma_at(after, x, y) - luma_at(after, x, y + 1))});
      }
    }
    EXPECT_LE(most, quality == 50 ? 8 : 6) << "quality " << quality;
  }
}

TEST(PaintJpeg, EffectsAreWhereTheyShouldBe) {
  for (int orientation = 1; orientation <= 8; ++orientation) {
    SCOPED_TRACE(orientation);
    Case made;
    made.settings.orientation = static_cast<Orientation>(orientation);
    made.stored = test::gradient_picture(PixelFormat::rgb8, {160, 120});
    Region region;
    region.box = region.face = {20, 30, 40, 50};
    region.shape = Shape::rectangle;
    region.effect = Effect::solid;
    made.regions = {region};
    made.frames = false;
    const Bytes file = test::jpeg_file(made.stored, made.settings);
    const Image before = decode_still(file).value().image;
    const Image after = decode_still(hidden_file(file, made)).value().image;
    EXPECT_LT(luma_at(after, 40, 55), 12);
    EXPECT_LT(luma_at(after, 24, 34), 24);
    EXPECT_LT(luma_at(after, 56, 76), 24);
    for (const auto& [x, y] : {std::pair{2, 2}, {100, 100}, {80, 10}, {100, 20}}) {
      EXPECT_EQ(luma_at(after, x, y), luma_at(before, x, y));
    }
  }
}

TEST(PaintJpeg, FramesAreGreen) {
  Case made;
  made.settings.chroma_across = made.settings.chroma_down = 1;
  made.stored = test::gradient_picture(PixelFormat::rgb8, {160, 120});
  Region region;
  region.box = region.face = {20, 30, 60, 50};
  made.regions = {region};
  made.frames = true;
  const Image after =
      decode_still(hidden_file(test::jpeg_file(made.stored, made.settings), made)).value().image;
  const uint8_t* pixel = after.row<uint8_t>(55) + 3 * 20;
  EXPECT_LT(pixel[0], 90);
  EXPECT_GT(pixel[1], 190);
  EXPECT_LT(pixel[2], 90);
}

}  // namespace
}  // namespace faceveil
