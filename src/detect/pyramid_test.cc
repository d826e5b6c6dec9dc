#include "detect/pyramid.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <memory>
#include <random>
#include <string>

#include "detect/blaze_face.h"
#include "detect/detector.h"
#include "tests/support/drawn_pictures.h"

namespace faceveil {
namespace {

constexpr int blaze = 0;

std::unique_ptr<const FaceNetwork> network() {
  auto made = create_blaze_face(*find_model_folder());
  EXPECT_TRUE(made.has_value()) << made.error().message();
  return std::move(*made);
}

Image with_face(Size size, Rect face) {
  Image picture = test::gradient_picture(PixelFormat::rgb8, size);
  test::draw_face(picture, face);
  return picture;
}

std::vector<LevelCandidate> look(const Image& picture, const FaceNetwork& faces,
                                 const std::vector<Level>& levels, const LookOptions& options) {
  const FaceNetwork* networks[] = {&faces};
  auto seen = look_everywhere(picture, networks, levels, options);
  EXPECT_TRUE(seen.has_value()) << seen.error().message();
  return std::move(*seen);
}

const LevelCandidate& best_of(const std::vector<LevelCandidate>& sightings) {
  return *std::max_element(sightings.begin(), sightings.end(),
                           [](const LevelCandidate& a, const LevelCandidate& b) {
                             return a.candidate.logit < b.candidate.logit;
                           });
}

bool are_same(const Candidate& a, const Candidate& b) {
  return a.box == b.box && a.logit == b.logit && a.keypoints == b.keypoints && a.anchor == b.anchor;
}

void expect_same(const std::vector<LevelCandidate>& a, const std::vector<LevelCandidate>& b) {
  ASSERT_EQ(a.size(), b.size());
  for (size_t i = 0; i < a.size(); ++i) {
    ASSERT_TRUE(are_same(a[i].candidate, b[i].candidate)) << i;
    ASSERT_EQ(a[i].level, b[i].level);
    ASSERT_EQ(a[i].network, b[i].network);
  }
}

PyramidOptions options_of_two() {
  PyramidOptions options;
  options.networks = {{{192, 384, 768, 1152}, 12}, {{320, 640, 960}, 10}};
  return options;
}

int64_t level_pixels(Size picture, const PyramidOptions& options) {
  int64_t sum = 0;
  for (const Level& level : levels_for(picture, options)) {
    const Size size = level_size(picture, level.scale);
    sum += int64_t{size.width} * size.height;
  }
  return sum;
}

TEST(LevelsFor, ShowEveryFaceDownToTheSmallestAskedFor) {
  for (const int width : {192, 640, 1920, 6000, 12'000}) {
    const PyramidOptions options = options_of_two();
    const auto levels = levels_for({width, width / 2}, options);
    for (int network = 0; network < 2; ++network) {
      const NetworkLevels& wanted = options.networks[static_cast<size_t>(network)];
      double finest = 0;
      for (const Level& level : levels) {
        if (level.network == network) finest = std::max(finest, level.scale);
      }
      EXPECT_GE(finest * options.face_min_px, wanted.face_seen_min_px * 0.999) << width;
    }
  }
}

TEST(LevelsFor, AreAscendingApartAndWithinTheirLimits) {
  PyramidOptions options = options_of_two();
  options.factor = std::sqrt(2.0);
  options.long_side_max_px = 3000;
  for (const int height : {1, 30, 100, 193, 400, 1080, 5000, 20'000}) {
    const auto levels = levels_for({height / 3 + 1, height}, options);
    for (size_t i = 0; i < levels.size(); ++i) {
      EXPECT_LE(levels[i].scale, options.enlargement_max);
      EXPECT_LE(levels[i].scale * height, options.long_side_max_px * 1.001);
      if (i == 0 || levels[i].network != levels[i - 1].network) continue;
      EXPECT_GE(levels[i].scale, levels[i - 1].scale * 1.149) << height;
      EXPECT_LE(levels[i].scale, levels[i - 1].scale * 2.31) << height;
    }
    EXPECT_EQ(levels.back().network, 1) << height;
  }
}

TEST(LevelsFor, LookInEveryView) {
  PyramidOptions options = options_of_two();
  const size_t plain = levels_for({1920, 1080}, options).size();
  EXPECT_EQ(plain, 9u);  // Those listed, and last ones at 1440 and 1200.
  options.views = {View{}, View{true, 0}, View{false, 90}};
  EXPECT_EQ(levels_for({1920, 1080}, options).size(), 3 * plain);
}

TEST(LevelsFor, APictureTwiceAsLargeHasAtMost4Point2TimesThePixels) {
  double largest = 0;
  for (int long_side = 192; long_side <= 10'000; long_side += 1 + long_side / 97) {
    for (const int divisor : {1, 2}) {
      const Size picture{long_side, long_side / divisor};
      const Size twice{2 * picture.width, 2 * picture.height};
      for (const size_t network : {0, 1}) {
        PyramidOptions options = options_of_two();
        options.networks = {options.networks[network]};
        if (network == 1 && long_side < 320) continue;
        options.long_side_max_px = 1'000'000;
        const auto before = static_cast<double>(level_pixels(picture, options));
        const auto after = static_cast<double>(level_pixels(twice, options));
        // Sides are rounded to whole pixels.
        EXPECT_LE(after / before, 4.2 * 1.01) << long_side << " " << network;
        largest = std::max(largest, after / before);
      }
    }
  }
  RecordProperty("largest", std::to_string(largest));
}

TEST(LevelSize, IsNeverEmpty) {
  EXPECT_EQ(level_size({1, 10'000}, 0.0192), (Size{1, 192}));
  EXPECT_EQ(level_size({1920, 1080}, 0.6), (Size{1152, 648}));
}

TEST(LookEverywhere, SeesADrawnFaceWhereItIsInEveryView) {
  const auto faces = network();
  const Rect drawn{200, 120, 160, 200};
  const Image upright = with_face({640, 480}, drawn);
  for (const bool is_mirrored : {false, true}) {
    for (const float angle : {0.0f, 90.0f, 180.0f, 270.0f, 30.0f, -30.0f}) {
      // A picture in which the face lies so that this view brings it upright.
      const ViewMap turn({640, 480}, {false, is_mirrored ? angle : -angle});
      const Halvings halvings = *Halvings::create(upright, {640, 480}, 1);
      const Image picture = *draw_view(halvings, turn, {0, 0, turn.canvas()});
      const View view{is_mirrored, angle};
      const auto seen = look(picture, *faces, {{blaze, 0.5, view}}, {.logit_min = 0});
      ASSERT_FALSE(seen.empty()) << is_mirrored << " " << angle;
      Candidate in_picture = best_of(seen).candidate;
      const Rect& box = in_picture.box;
      const Point middle = turn.to_level(Point{box.x + box.width / 2, box.y + box.height / 2});
      const float middle_x = drawn.x + drawn.width / 2, middle_y = drawn.y + drawn.height * 0.6f;
      EXPECT_NEAR(middle.x, middle_x, 16) << is_mirrored << " " << angle;
      EXPECT_NEAR(middle.y, middle_y, 24) << is_mirrored << " " << angle;
      EXPECT_NEAR(std::sqrt(box.area()), 150, 30) << is_mirrored << " " << angle;
      // The eyes are where they were drawn, the person's right one at 32 % of the face.
      const Keypoints& points = *in_picture.keypoints;
      const Point right_eye = turn.to_level(points[0]), left_eye = turn.to_level(points[1]);
      EXPECT_NEAR(right_eye.x, drawn.x + 0.32 * drawn.width, 14) << is_mirrored << " " << angle;
      EXPECT_NEAR(left_eye.x, drawn.x + 0.68 * drawn.width, 14) << is_mirrored << " " << angle;
      EXPECT_NEAR(right_eye.y, drawn.y + 0.48 * drawn.height, 14) << is_mirrored << " " << angle;
    }
  }
}

TEST(LookEverywhere, GivesTheSameForAnyThreadCount) {
  const auto faces = network();
  const Image picture = with_face({500, 400}, {150, 100, 120, 150});
  const std::vector<Level> levels = {{blaze, 0.4, {}},
                                     {blaze, 1, {}},
                                     {blaze, 0.7, {true, 0}},
                                     {blaze, 0.5, {false, 30}},
                                     {blaze, 0.5, {false, 270}}};
  LookOptions options{.logit_min = -6, .thread_count = 1, .strip_pixels_max = 90'000};
  const auto one = look(picture, *faces, levels, options);
  ASSERT_FALSE(one.empty());
  for (size_t i = 1; i < one.size(); ++i) EXPECT_GE(one[i].level, one[i - 1].level);
  for (const int threads : {2, 3}) {
    options.thread_count = threads;
    expect_same(look(picture, *faces, levels, options), one);
  }
}

// In order of anchors of the whole picture, whatever the strips.
void sort_by_anchor(std::vector<LevelCandidate>& sightings) {
  std::stable_sort(sightings.begin(), sightings.end(),
                   [](const LevelCandidate& a, const LevelCandidate& b) {
                     const Point &p = a.candidate.anchor, &q = b.candidate.anchor;
                     return p.y != q.y ? p.y < q.y : p.x < q.x;
                   });
}

TEST(LookEverywhere, GivesTheSameInStripsEverywhere) {
  const auto faces = network();
  Image picture = test::noise_picture(PixelFormat::rgb8, {1400, 1300}, 12);
  for (const float x : {100.0f, 500.0f, 700.0f, 1000.0f}) {
    test::draw_face(picture, {x, x * 0.6f, 180, 220});
  }
  const std::vector<Level> levels = {{blaze, 1, {}}};
  auto whole = look(picture, *faces, levels, {.logit_min = -100});
  ASSERT_EQ(whole.size(), 350u * 325u);
  LookOptions options{.logit_min = -100, .thread_count = 2, .strip_pixels_max = 900'000};
  auto strips = look(picture, *faces, levels, options);
  ASSERT_EQ(strips.size(), whole.size());
  sort_by_anchor(strips);
  int compared = 0;
  for (size_t i = 0; i < whole.size(); ++i) {
    const Candidate &a = whole[i].candidate, &b = strips[i].candidate;
    ASSERT_EQ(a.anchor, b.anchor);
    ASSERT_NEAR(a.logit, b.logit, 0.1);
    if (a.logit < -4) continue;  // Where there is no face, boxes are noise.
    ++compared;
    const double tolerance_px = 0.01 * a.box.width;
    ASSERT_NEAR(a.box.x, b.box.x, tolerance_px);
    ASSERT_NEAR(a.box.y, b.box.y, tolerance_px);
    ASSERT_NEAR(a.box.width, b.box.width, tolerance_px);
    ASSERT_NEAR(a.box.height, b.box.height, tolerance_px);
    for (size_t k = 0; k < 6; ++k) {
      ASSERT_NEAR((*a.keypoints)[k].x, (*b.keypoints)[k].x, tolerance_px);
      ASSERT_NEAR((*a.keypoints)[k].y, (*b.keypoints)[k].y, tolerance_px);
    }
  }
  EXPECT_GT(compared, 50);
}

TEST(LookEverywhere, TakesPicturesOfAnyKindAndShape) {
  const auto faces = network();
  PyramidOptions pyramid;
  pyramid.networks = {{{192, 384}, 12}};
  pyramid.long_side_max_px = 4000;
  for (const PixelFormat format : {PixelFormat::gray8, PixelFormat::gray16, PixelFormat::rgba16}) {
    for (const Size size : {Size{1, 1}, Size{1, 10'000}, Size{10'000, 1}, Size{64, 48}}) {
      const Image picture = test::gradient_picture(format, size);
      const auto seen = look(picture, *faces, levels_for(size, pyramid),
                             {.logit_min = 0, .strip_pixels_max = 50'000});
      EXPECT_LE(seen.size(), 20u) << size.width << "x" << size.height;
    }
  }
  const Image black = *Image::create(PixelFormat::rgb8, {800, 600});
  EXPECT_TRUE(look(black, *faces, levels_for({800, 600}, pyramid), {.logit_min = 0}).empty());
}

TEST(LookEverywhere, SeesAGreyFaceOf16Bits) {
  const auto faces = network();
  const Rect drawn{100, 60, 120, 150};
  const Image colour = with_face({320, 240}, drawn);
  Image grey = *Image::create(PixelFormat::gray16, {320, 240});
  for (int y = 0; y < 240; ++y) {
    for (int x = 0; x < 320; ++x) {
      grey.row<uint16_t>(y)[x] = static_cast<uint16_t>(colour.row<uint8_t>(y)[x * 3 + 1] * 257);
    }
  }
  const auto seen = look(grey, *faces, {{blaze, 1, {}}}, {.logit_min = 0});
  ASSERT_FALSE(seen.empty());
  EXPECT_GE(intersection_over_union(best_of(seen).candidate.box, drawn), 0.4f);
}

TEST(LookEverywhere, SaysWhatIsWrong) {
  const auto faces = network();
  const FaceNetwork* networks[] = {faces.get()};
  const std::vector<Level> levels = {{blaze, 1, {}}};
  EXPECT_FALSE(look_everywhere(Image(), networks, levels, {}).has_value());
  const Image picture = test::gradient_picture(PixelFormat::rgb8, {10, 10});
  EXPECT_TRUE(look_everywhere(picture, networks, {}, {})->empty());
}

TEST(LookEverywhere, StopsBeforeTheNextStripWhenAsked) {
  const auto faces = network();
  const FaceNetwork* networks[] = {faces.get()};
  const std::vector<Level> levels = {{blaze, 1, {}}};
  const Image picture = test::gradient_picture(PixelFormat::rgb8, {900, 900});
  LookOptions options{.strip_pixels_max = 90'000};
  int asked = 0;
  options.stop_requested = [&] { return ++asked > 2; };
  const auto seen = look_everywhere(picture, networks, levels, options);
  ASSERT_FALSE(seen.has_value());
  EXPECT_EQ(seen.error().kind, Error::Kind::cancelled);
  EXPECT_GT(asked, 3) << "one strip only: nothing was there to be stopped";
}

TEST(LookEverywhere, LetsGoOfWhatIsNotWanted) {
  const auto faces = network();
  const Image picture = with_face({500, 400}, {150, 100, 120, 150});
  const std::vector<Level> levels = {{blaze, 0.5, {}}, {blaze, 1, {}}};
  LookOptions options;
  options.thread_count = 2;
  const auto is_wanted = [](const LevelCandidate& s) {
    return s.level == 1 && s.candidate.logit > -1;
  };
  std::vector<LevelCandidate> expected = look(picture, *faces, levels, options);
  std::erase_if(expected, [&](const LevelCandidate& sighting) { return !is_wanted(sighting); });
  ASSERT_FALSE(expected.empty());
  options.is_wanted = is_wanted;
  expect_same(look(picture, *faces, levels, options), expected);
}

}  // namespace
}  // namespace faceveil
