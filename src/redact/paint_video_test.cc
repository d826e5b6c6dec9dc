// The promises of paint_video, in the planes that go to the encoder.

#include "redact/paint_video.h"

#include <gtest/gtest.h>

#include <cmath>
#include <iostream>
#include <random>
#include <vector>

#include "redact/region_spans.h"
#include "tests/support/drawn_films.h"
#include "tests/support/drawn_pictures.h"

namespace faceveil {
namespace {

constexpr uint64_t first_seed = 20'261'126;
constexpr std::initializer_list<Effect> content_independent = {Effect::veil, Effect::solid,
                                                               Effect::emoji, Effect::image};
constexpr std::initializer_list<Effect> all_effects = {Effect::veil,  Effect::solid,  Effect::emoji,
                                                       Effect::image, Effect::mosaic, Effect::blur};

const Cover& cover() {
  static const Cover instance =
      Cover::create(test::noise_picture(PixelFormat::rgba8, {37, 52}, 77)).value();
  return instance;
}

// Which samples of each plane some hidden pixel has a part in. Rows of chroma of interlaced
// pictures belong to fields: pixel row y has its chroma in row y / 4 * 2 + y % 2.
struct Shares {
  Shares(VideoFrame& frame, const std::vector<Region>& regions) {
    const int shift_x = frame.chroma_shift_x(), shift_y = frame.chroma_shift_y();
    for (int index = 0; index < 3; ++index) {
      const Size size = frame.plane(index).size;
      widths[index] = size.width;
      hidden[index].assign(static_cast<size_t>(size.width) * static_cast<size_t>(size.height),
                           false);
    }
    for (const Region& region : regions) {
      for (const Span& span : spans_of(region, frame.size())) {
        const bool fields = frame.interlaced() && shift_y > 0;
        const int chroma_y = fields ? span.y / 4 * 2 + span.y % 2 : span.y >> shift_y;
        for (int x = span.x_begin; x < span.x_end; ++x) {
          mark(0, x, span.y);
          mark(1, x >> shift_x, chroma_y);
          mark(2, x >> shift_x, chroma_y);
        }
      }
    }
  }
  void mark(int index, int x, int y) {
    const size_t at =
        static_cast<size_t>(y) * static_cast<size_t>(widths[index]) + static_cast<size_t>(x);
    if (at < hidden[index].size()) hidden[index][at] = true;
  }
  bool at(int index, int x, int y) const {
    return hidden[index][static_cast<size_t>(y) * static_cast<size_t>(widths[index]) +
                         static_cast<size_t>(x)];
  }
  int widths[3] = {};
  std::vector<bool> hidden[3];
};

int sample(VideoFrame& frame, int index, int x, int y) {
  const VideoPlane plane = frame.plane(index);
  return frame.bits_per_sample() > 8 ? plane.row<uint16_t>(y)[x] : plane.row<uint8_t>(y)[x];
}

void set_sample(VideoFrame& frame, int index, int x, int y, int value) {
  const VideoPlane plane = frame.plane(index);
  if (frame.bits_per_sample() > 8) {
    plane.row<uint16_t>(y)[x] = static_cast<uint16_t>(value);
  } else {
    plane.row<uint8_t>(y)[x] = static_cast<uint8_t>(value);
  }
}

template <typename Work>
void for_each_sample(VideoFrame& frame, Work work) {
  for (int index = 0; index < 3; ++index) {
    const Size size = frame.plane(index).size;
    for (int y = 0; y < size.height; ++y) {
      for (int x = 0; x < size.width; ++x) work(index, x, y);
    }
  }
}

struct Case {
  test::SampleLayout layout;
  Size size;
  std::vector<Region> regions;
};

Case random_case(uint64_t seed, std::initializer_list<Effect> effects) {
  std::mt19937 random(static_cast<uint32_t>(seed));
  Case made;
  made.layout.bits = random() % 3 == 0 ? 10 : 8;
  made.layout.shift_x = random() % 4 == 0 ? 0 : 1;
  made.layout.shift_y = made.layout.shift_x == 0 || random() % 4 == 0 ? 0 : 1;
  made.layout.interlaced = random() % 4 == 0;
  made.size = {static_cast<int>(2 + random() % 150), static_cast<int>(2 + random() % 110)};
  std::uniform_real_distribution<float> place(-40, 150), magnitude(-2, 7);
  const auto side = [&] { return std::exp2(magnitude(random)); };  // 0.25 to 128 px.
  for (size_t i = 0, count = 1 + random() % 4; i < count; ++i) {
    Region region;
    region.face = {place(random), place(random), side(), side()};
    region.box = grown(region.face, 0.2f);
    region.shape = random() % 2 ? Shape::ellipse : Shape::rectangle;
    region.effect = effects.begin()[random() % effects.size()];
    made.regions.push_back(region);
  }
  return made;
}

std::string text_of(const Case& made, uint64_t seed) {
  return "seed " + std::to_string(seed) + ", " + std::to_string(made.size.width) + " x " +
         std::to_string(made.size.height) + ", " + std::to_string(made.layout.bits) +
         " bits, shifts " + std::to_string(made.layout.shift_x) +
         std::to_string(made.layout.shift_y) + (made.layout.interlaced ? ", interlaced" : "");
}

TEST(PaintVideo, WhatIsHiddenNeverReachesTheEncoder) {
  int changed = 0;
  for (uint64_t seed = first_seed; seed < first_seed + 300; ++seed) {
    const Case made = random_case(seed, content_independent);
    VideoFrame a = test::noise_frame(made.layout, made.size, seed);
    VideoFrame b = test::noise_frame(made.layout, made.size, seed);
    VideoFrame other = test::noise_frame(made.layout, made.size, seed + 1'000'000);
    const Shares shares(a, made.regions);
    for_each_sample(b, [&](int index, int x, int y) {
      if (!shares.at(index, x, y)) return;
      set_sample(b, index, x, y, sample(other, index, x, y));
      ++changed;
    });
    ASSERT_TRUE(paint_video(a, made.regions, &cover()).has_value()) << text_of(made, seed);
    ASSERT_TRUE(paint_video(b, made.regions, &cover()).has_value()) << text_of(made, seed);
    for_each_sample(a, [&](int index, int x, int y) {
      ASSERT_EQ(sample(a, index, x, y), sample(b, index, x, y))
          << text_of(made, seed) << ", plane " << index << " at " << x << "," << y;
    });
  }
  EXPECT_GT(changed, 100'000);
  std::cout << "300 pictures from seed " << first_seed << " on, " << changed
            << " samples differed before hiding and none after it\n";
}

TEST(PaintVideo, WhatNoRegionTouchesStaysToTheSample) {
  int kept = 0;
  for (uint64_t seed = first_seed; seed < first_seed + 300; ++seed) {
    const Case made = random_case(seed, all_effects);
    VideoFrame before = test::noise_frame(made.layout, made.size, seed);
    VideoFrame after = test::noise_frame(made.layout, made.size, seed);
    // Of interlaced pictures either field's chroma may be touched: the header promises it for
    // chroma none of whose pixels is hidden, counted in both ways.
    const Shares shares(before, made.regions);
    ASSERT_TRUE(paint_video(after, made.regions, &cover()).has_value()) << text_of(made, seed);
    for_each_sample(before, [&](int index, int x, int y) {
      const bool fields = index > 0 && made.layout.interlaced && made.layout.shift_y > 0;
      const int rows = before.plane(index).size.height;
      if (shares.at(index, x, y) || (fields && (y ^ 1) < rows && shares.at(index, x, y ^ 1))) {
        return;
      }
      ASSERT_EQ(sample(before, index, x, y), sample(after, index, x, y))
          << text_of(made, seed) << ", plane " << index << " at " << x << "," << y;
      ++kept;
    });
  }
  EXPECT_GT(kept, 100'000);
  std::cout << "300 pictures from seed " << first_seed << " on, " << kept << " samples kept\n";
}

// The picture between them is not made RGB and back; what lies in neither window stays anyway.
TEST(PaintVideo, FacesFarApartAreHiddenAsIfEachWereAlone) {
  for (const Effect effect : all_effects) {
    std::vector<Region> regions;
    for (const float x : {30.0f, 350.0f, 60.0f}) {
      const Rect face = {x, 50, 30, 40};
      regions.push_back({1, grown(face, 0.2f), face, effect, Shape::ellipse});
    }
    VideoFrame together = test::noise_frame({8, 1, 1, false}, {420, 150}, 5);
    VideoFrame apart = test::noise_frame({8, 1, 1, false}, {420, 150}, 5);
    const std::vector<Region> left = {regions[0], regions[2]}, right = {regions[1]};
    ASSERT_TRUE(paint_video(together, regions, &cover()).has_value());
    ASSERT_TRUE(paint_video(apart, left, &cover()).has_value());
    ASSERT_TRUE(paint_video(apart, right, &cover()).has_value());
    for_each_sample(together, [&](int index, int x, int y) {
      ASSERT_EQ(sample(together, index, x, y), sample(apart, index, x, y))
          << effect_name(effect) << ", plane " << index << " at " << x << "," << y;
    });
  }
}

TEST(PaintVideo, ACoveredPictureHoldsNothingOfWhatItWas) {
  for (const int bits : {8, 10}) {
    VideoFrame a = test::noise_frame({bits, 1, 1, false}, {33, 21}, 1);
    VideoFrame b = test::noise_frame({bits, 1, 1, false}, {33, 21}, 2);
    cover_whole(a);
    cover_whole(b);
    for_each_sample(a, [&](int index, int x, int y) {
      ASSERT_EQ(sample(a, index, x, y), sample(b, index, x, y)) << index << " " << x << "," << y;
    });
  }
}

}  // namespace
}  // namespace faceveil
