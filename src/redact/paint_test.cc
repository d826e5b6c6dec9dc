#include "redact/paint.h"

#include <gtest/gtest.h>

#include <cstring>
#include <random>

#include "redact/hidden_map.h"
#include "tests/support/drawn_pictures.h"

namespace faceveil {
namespace {

constexpr PixelFormat formats[] = {
    PixelFormat::gray8,  PixelFormat::gray_alpha8,  PixelFormat::rgb8,  PixelFormat::rgba8,
    PixelFormat::gray16, PixelFormat::gray_alpha16, PixelFormat::rgb16, PixelFormat::rgba16};

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
  std::uniform_real_distribution<float> place(-40, 150), side(1, 120);
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

TEST(Paint, NonInterferenceOfVeilAndSolid) {
  for (uint32_t seed = 0; seed < 400; ++seed) {
    Case made = random_case(seed, {Effect::veil, Effect::solid});
    Image other = other_inside(made, seed + 1'000'000);
    ASSERT_TRUE(paint(made.image, made.regions).has_value());
    ASSERT_TRUE(paint(other, made.regions).has_value());
    ASSERT_TRUE(same_bytes(made.image, other)) << "seed " << seed;
  }
}

// Whatever the neighbours' effects are, nothing under a veil reaches the output: only the pixels of
// the reading effects' own regions may.
TEST(Paint, ReadingEffectsSeeNothingUnderAVeil) {
  for (uint32_t seed = 0; seed < 200; ++seed) {
    Case made = random_case(seed, {Effect::veil});
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
    ASSERT_TRUE(paint(made.image, made.regions).has_value());
    ASSERT_TRUE(paint(other, made.regions).has_value());
    ASSERT_TRUE(same_bytes(made.image, other)) << "seed " << seed;
  }
}

TEST(Paint, LocalityOfEveryEffect) {
  for (uint32_t seed = 0; seed < 400; ++seed) {
    Case made = random_case(seed, {Effect::veil, Effect::solid, Effect::mosaic, Effect::blur});
    const Image before = made.image.copy().value();
    ASSERT_TRUE(paint(made.image, made.regions).has_value());
    for_each_pixel(before, [&](int x, int y, size_t offset, size_t bytes) {
      if (!made.hidden.is_visible(x, y)) return;
      ASSERT_EQ(std::memcmp(before.data() + offset, made.image.data() + offset, bytes), 0)
          << "seed " << seed << " at " << x << "," << y;
    });
  }
}

TEST(Paint, HidingTwiceIsHidingOnce) {
  for (uint32_t seed = 0; seed < 200; ++seed) {
    Case made = random_case(seed, {Effect::veil, Effect::solid});
    ASSERT_TRUE(paint(made.image, made.regions).has_value());
    const Image once = made.image.copy().value();
    ASSERT_TRUE(paint(made.image, made.regions).has_value());
    ASSERT_TRUE(same_bytes(made.image, once)) << "seed " << seed;
  }
}

TEST(Paint, HiddenPixelsAreOpaque) {
  for (const Effect effect : {Effect::veil, Effect::solid, Effect::mosaic, Effect::blur}) {
    Image image = test::noise_picture(PixelFormat::rgba8, {50, 50}, 1);
    Region region;
    region.box = region.face = {10, 10, 30, 30};
    region.effect = effect;
    ASSERT_TRUE(paint(image, std::span(&region, 1)).has_value());
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
  Image image = test::noise_picture(PixelFormat::rgb8, {40, 40}, 9);
  Region region;
  region.box = region.face = {-100, -100, 300, 300};
  ASSERT_TRUE(paint(image, std::span(&region, 1)).has_value());
  Image other = test::noise_picture(PixelFormat::rgb8, {40, 40}, 10);
  ASSERT_TRUE(paint(other, std::span(&region, 1)).has_value());
  EXPECT_TRUE(same_bytes(image, other));
}

TEST(Paint, FramesAreThreePixelsOnLargePicturesAndTwoOnSmall) {
  for (const auto& [size, line] : {std::pair{Size{1281, 60}, 3}, std::pair{Size{1280, 60}, 2}}) {
    Image image = Image::create(PixelFormat::rgb8, size).value();
    Region region;
    region.face = {10, 10, 40, 40};
    draw_frames(image, std::span(&region, 1));
    int green = 0;
    for (int x = 0; x < 30; ++x) green += image.row<uint8_t>(30)[x * 3 + 1] == 255;
    EXPECT_EQ(green, line);
    EXPECT_EQ(image.row<uint8_t>(30)[30 * 3 + 1], 0);
  }
}

}  // namespace
}  // namespace faceveil
