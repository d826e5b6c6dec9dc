#include "redact/paint.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <random>

#include "redact/hidden_map.h"
#include "tests/support/drawn_pictures.h"

namespace faceveil {
namespace {

constexpr PixelFormat formats[] = {
    PixelFormat::gray8,  PixelFormat::gray_alpha8,  PixelFormat::rgb8,  PixelFormat::rgba8,
    PixelFormat::gray16, PixelFormat::gray_alpha16, PixelFormat::rgb16, PixelFormat::rgba16};

constexpr std::initializer_list<Effect> content_independent = {Effect::veil, Effect::solid,
                                                               Effect::emoji, Effect::image};
constexpr std::initializer_list<Effect> all_effects = {Effect::veil,  Effect::solid,  Effect::emoji,
                                                       Effect::image, Effect::mosaic, Effect::blur};

// The user's picture: with transparent places, and not as wide as high.
const Cover& cover() {
  static const Cover instance =
      Cover::create(test::noise_picture(PixelFormat::rgba8, {37, 52}, 77)).value();
  return instance;
}

Status paint_all(Image& image, std::span<const Region> regions) {
  return paint(image, regions, &cover());
}

// A random picture with random regions, many of them overlapping or over the border.
struct Case {
  Image image;
  std::vector<Region> regions;
  HiddenMap hidden;
};

Case random_case(uint32_t seed, std::initializer_list<Effect> effects) {
  std::mt19937 random(seed);
  const Size size = {static_cast<int>(1 + random() % 150), static_cast<int>(1 + random() % 150)};
  Case made{test::noise_picture(formats[random() % 8], size, seed), {}, HiddenMap(size)};
  std::uniform_real_distribution<float> place(-40, 150), magnitude(-2, 7);
  const auto side = [&](std::mt19937& r) { return std::exp2(magnitude(r)); };  // 0.25 to 128 px.
  for (size_t i = 0, count = 1 + random() % 5; i < count; ++i) {
    Region region;
    region.face = {place(random), place(random), side(random), side(random)};
    region.box = grown(region.face, 0.2f);
    region.shape = random() % 2 ? Shape::ellipse : Shape::rectangle;
    region.effect = effects.begin()[random() % effects.size()];
    made.hidden.add(spans_of(region, size));
    made.regions.push_back(region);
  }
  return made;
}

template <typename Work>
void for_each_pixel(const Image& image, Work work) {
  const size_t bytes = static_cast<size_t>(image.channels() * bytes_per_sample(image.format()));
  for (int y = 0; y < image.size().height; ++y) {
    for (int x = 0; x < image.size().width; ++x) {
      work(x, y,
           static_cast<size_t>(y) * static_cast<size_t>(image.stride_bytes()) +
               static_cast<size_t>(x) * bytes,
           bytes);
    }
  }
}

// The same picture with other content wherever it is hidden.
Image other_inside(const Case& made, uint32_t seed) {
  Image other = made.image.copy().value();
  const Image noise = test::noise_picture(other.format(), other.size(), seed);
  for_each_pixel(other, [&](int x, int y, size_t offset, size_t bytes) {
    if (made.hidden.is_visible(x, y)) return;
    std::memcpy(other.data() + offset, noise.data() + offset, bytes);
  });
  return other;
}

bool same_bytes(const Image& a, const Image& b) {
  return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size_bytes()) == 0;
}

TEST(Paint, NonInterferenceOfContentIndependentEffects) {
  for (uint32_t seed = 0; seed < 400; ++seed) {
    Case made = random_case(seed, content_independent);
    Image other = other_inside(made, seed + 1'000'000);
    ASSERT_TRUE(paint_all(made.image, made.regions).has_value());
    ASSERT_TRUE(paint_all(other, made.regions).has_value());
    ASSERT_TRUE(same_bytes(made.image, other)) << "seed " << seed;
  }
}

// Whatever the neighbours' effects are, nothing under a veil reaches the output: only the pixels of
// the reading effects' own regions may.
TEST(Paint, ReadingEffectsSeeNothingUnderAVeil) {
  for (uint32_t seed = 0; seed < 200; ++seed) {
    Case made = random_case(seed, content_independent);
    const size_t veiled = made.regions.size();
    std::mt19937 random(seed);
    for (size_t i = 0; i < veiled; ++i) {
      Region reader = made.regions[i];
      reader.box.x += 15, reader.face.x += 15;
      reader.effect = random() % 2 ? Effect::blur : Effect::mosaic;
      made.regions.push_back(reader);
    }
    // `hidden` still holds only the veiled pixels: exactly these differ in the other picture.
    Image other = other_inside(made, seed + 1'000'000);
    ASSERT_TRUE(paint_all(made.image, made.regions).has_value());
    ASSERT_TRUE(paint_all(other, made.regions).has_value());
    ASSERT_TRUE(same_bytes(made.image, other)) << "seed " << seed;
  }
}

TEST(Paint, LocalityOfEveryEffect) {
  for (uint32_t seed = 0; seed < 400; ++seed) {
    Case made = random_case(seed, all_effects);
    const Image before = made.image.copy().value();
    ASSERT_TRUE(paint_all(made.image, made.regions).has_value());
    for_each_pixel(before, [&](int x, int y, size_t offset, size_t bytes) {
      if (!made.hidden.is_visible(x, y)) return;
      ASSERT_EQ(std::memcmp(before.data() + offset, made.image.data() + offset, bytes), 0)
          << "seed " << seed << " at " << x << "," << y;
    });
  }
}

TEST(Paint, HidingTwiceIsHidingOnce) {
  for (uint32_t seed = 0; seed < 200; ++seed) {
    Case made = random_case(seed, content_independent);
    ASSERT_TRUE(paint_all(made.image, made.regions).has_value());
    const Image once = made.image.copy().value();
    ASSERT_TRUE(paint_all(made.image, made.regions).has_value());
    ASSERT_TRUE(same_bytes(made.image, once)) << "seed " << seed;
  }
}

TEST(Paint, HiddenPixelsAreOpaque) {
  for (const Effect effect : all_effects) {
    Image image = test::noise_picture(PixelFormat::rgba8, {50, 50}, 1);
    Region region;
    region.box = region.face = {10, 10, 30, 30};
    region.effect = effect;
    ASSERT_TRUE(paint_all(image, std::span(&region, 1)).has_value());
    for (const Span& span : spans_of(region, image.size())) {
      for (int x = span.x_begin; x < span.x_end; ++x) {
        ASSERT_EQ(image.row<uint8_t>(span.y)[x * 4 + 3], 255);
      }
    }
  }
}

// The veil meets its surroundings: on a smooth picture the step at the rim is small.
TEST(Paint, VeilJoinsASmoothPictureWithoutAnEdge) {
  Image image = test::gradient_picture(PixelFormat::rgb8, {300, 300});
  Region region;
  region.box = region.face = {60, 120, 110, 130};
  ASSERT_TRUE(paint(image, std::span(&region, 1)).has_value());
  for (const Span& span : spans_of(region, image.size())) {
    if (span.y % 10) continue;
    for (const int x : {span.x_begin, span.x_end}) {
      for (int c = 0; c < 3; ++c) {
        const int inside = image.row<uint8_t>(span.y)[(x == span.x_begin ? x : x - 1) * 3 + c];
        const int outside = image.row<uint8_t>(span.y)[(x == span.x_begin ? x - 1 : x) * 3 + c];
        EXPECT_NEAR(inside, outside, 12) << "row " << span.y;
      }
    }
  }
}

TEST(Paint, AFaceThatFillsTheFrameIsHiddenAll) {
  for (const Effect effect : content_independent) {
    Image image = test::noise_picture(PixelFormat::rgb8, {40, 40}, 9);
    Region region;
    region.box = region.face = {-100, -100, 300, 300};
    region.effect = effect;
    ASSERT_TRUE(paint_all(image, std::span(&region, 1)).has_value());
    Image other = test::noise_picture(PixelFormat::rgb8, {40, 40}, 10);
    ASSERT_TRUE(paint_all(other, std::span(&region, 1)).has_value());
    EXPECT_TRUE(same_bytes(image, other)) << effect_name(effect);
  }
}

// A region smaller than a pixel still takes the pixel under its middle.
// Before it was a light patch in a dark picture.
TEST(Paint, AVeilAmongOthersTakesTheColoursBeyondThem) {
  Image image = *Image::create(PixelFormat::rgb8, {120, 100});  // Black.
  Region within, around;
  within.face = within.box = {50, 40, 20, 20};
  around.face = around.box = {20, 10, 80, 80};
  around.shape = Shape::rectangle;
  ASSERT_TRUE(paint(image, std::vector<Region>{around, within}));
  const uint8_t at_its_rim = image.row<uint8_t>(41)[3 * 60];
  EXPECT_LT(at_its_rim, 30);
  EXPECT_GT(image.row<uint8_t>(50)[3 * 60], at_its_rim);  // The shade in the middle stays.
}

TEST(Paint, TheSmallestFaceIsHidden) {
  for (const Effect effect : content_independent) {
    for (const Shape shape : {Shape::ellipse, Shape::rectangle}) {
      Region region;
      region.box = region.face = {20.4f, 10.4f, 0.1f, 0.1f};
      region.effect = effect;
      region.shape = shape;
      Image image = test::noise_picture(PixelFormat::rgb8, {40, 40}, 9);
      Image other = image.copy().value();
      for (int c = 0; c < 3; ++c) other.row<uint8_t>(10)[60 + c] ^= 0x80;
      ASSERT_FALSE(same_bytes(image, other));
      ASSERT_TRUE(paint_all(image, std::span(&region, 1)).has_value());
      ASSERT_TRUE(paint_all(other, std::span(&region, 1)).has_value());
      EXPECT_TRUE(same_bytes(image, other)) << effect_name(effect);
    }
  }
}

// Between the emoji's round rim and the region's corners, and where the picture is transparent,
// there is a veil.
TEST(Paint, EmojiAndImageHaveAVeilBeneath) {
  const Cover nothing =
      Cover::create(Image::create(PixelFormat::rgba8, {8, 8}).value()).value();  // Transparent.
  Region region;
  region.box = region.face = {30, 20, 60, 60};
  region.shape = Shape::rectangle;
  Image veiled = test::noise_picture(PixelFormat::rgb8, {120, 100}, 4);
  Image emoji = veiled.copy().value(), image = veiled.copy().value();
  ASSERT_TRUE(paint(veiled, std::span(&region, 1)).has_value());
  region.effect = Effect::emoji;
  ASSERT_TRUE(paint(emoji, std::span(&region, 1)).has_value());
  region.effect = Effect::image;
  ASSERT_TRUE(paint(image, std::span(&region, 1), &nothing).has_value());
  EXPECT_TRUE(same_bytes(image, veiled));
  for (const auto& [x, y] : {std::pair{31, 21}, {88, 21}, {31, 78}, {88, 78}}) {
    for (int c = 0; c < 3; ++c) {
      EXPECT_EQ(emoji.row<uint8_t>(y)[x * 3 + c], veiled.row<uint8_t>(y)[x * 3 + c]);
    }
  }
  EXPECT_FALSE(same_bytes(emoji, veiled));
}

TEST(Paint, TheEffectImageWithoutAPictureIsAnErrorAndPaintsNothing) {
  Image image = test::noise_picture(PixelFormat::rgb8, {40, 40}, 4);
  const Image before = image.copy().value();
  std::vector<Region> regions(2);
  regions[0].box = regions[1].box = {10, 10, 20, 20};
  regions[1].effect = Effect::image;
  EXPECT_EQ(paint(image, regions).error().kind, Error::Kind::bad_input);
  EXPECT_TRUE(same_bytes(image, before));
}

TEST(Paint, FramesAreThreePixelsOnLargePicturesAndTwoOnSmall) {
  for (const auto& [size, line] : {std::pair{Size{1281, 60}, 3}, std::pair{Size{1280, 60}, 2}}) {
    Image image = Image::create(PixelFormat::rgb8, size).value();
    Region region;
    region.face = {10, 10, 40, 40};
    draw_frames(image, std::span(&region, 1), size);
    int green = 0;
    for (int x = 0; x < 30; ++x) green += image.row<uint8_t>(30)[x * 3 + 1] == 255;
    EXPECT_EQ(green, line);
    EXPECT_EQ(image.row<uint8_t>(30)[30 * 3 + 1], 0);
  }
}

}  // namespace
}  // namespace faceveil
