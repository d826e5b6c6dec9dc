#include "detect/blaze_face.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>

#include "detect/detector.h"
#include "tests/support/drawn_pictures.h"

namespace faceveil {
namespace {

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

std::vector<Candidate> look(const FaceNetwork& faces, const Image& picture, float logit_min) {
  auto seen = faces.look(picture, logit_min);
  EXPECT_TRUE(seen.has_value()) << seen.error().message();
  return std::move(*seen);
}

const Candidate& best_of(const std::vector<Candidate>& candidates) {
  return *std::max_element(
      candidates.begin(), candidates.end(),
      [](const Candidate& a, const Candidate& b) { return a.logit < b.logit; });
}

TEST(BlazeFace, SeesADrawnFaceInPicturesOfAnySize) {
  const auto faces = network();
  EXPECT_EQ(faces->name(), "blazeface-full");
  for (const Size size : {Size{192, 192}, Size{301, 203}, Size{640, 360}, Size{1000, 130}}) {
    const Rect drawn{60, 20, 80, 100};
    const auto candidates = look(*faces, with_face(size, drawn), 0);
    ASSERT_FALSE(candidates.empty()) << size.width;
    const Candidate& best = best_of(candidates);
    EXPECT_GE(intersection_over_union(best.box, drawn), 0.4f) << size.width;
    ASSERT_TRUE(best.keypoints.has_value());
    EXPECT_LT((*best.keypoints)[0].x, (*best.keypoints)[1].x);
  }
}

// At 192 x 192 nothing is letterboxed, padded or resampled: the quick search sees the same.
TEST(BlazeFace, SaysWhatTheQuickSearchSays) {
  const auto faces = network();
  const auto detector = Detector::create(*find_model_folder(), matching({}, Search::quick));
  ASSERT_TRUE(detector.has_value());
  const Image picture = with_face({192, 192}, {50, 40, 90, 110});
  const auto candidates = look(*faces, picture, -100);
  EXPECT_EQ(candidates.size(), 48u * 48u);
  const Candidate& best = best_of(candidates);
  const auto by_score = detector->detect(picture, 0.2f);
  ASSERT_TRUE(by_score.has_value());
  ASSERT_FALSE(by_score->empty());
  EXPECT_NEAR((*by_score)[0].score, 1 / (1 + std::exp(-best.logit)), 1e-6);
}

TEST(BlazeFace, GivesCandidatesInOrderOfAnchorsWithinThePicture) {
  const auto faces = network();
  const Image picture = test::noise_picture(PixelFormat::rgb8, {70, 41}, 9);
  const auto all = look(*faces, picture, -100);
  // Middles at 2, 6, ... below 70 and below 41.
  EXPECT_EQ(all.size(), 17u * 10u);
  for (size_t i = 0; i < all.size(); ++i) {
    EXPECT_EQ(all[i].anchor,
              (Point{static_cast<float>(i % 17) * 4 + 2, static_cast<float>(i / 17) * 4 + 2}));
    EXPECT_LE(std::abs(all[i].logit), 100);
  }
  std::vector<float> strong;
  for (const Candidate& candidate : all) {
    if (candidate.logit >= -5) strong.push_back(candidate.logit);
  }
  std::vector<float> asked;
  for (const Candidate& candidate : look(*faces, picture, -5)) asked.push_back(candidate.logit);
  EXPECT_EQ(asked, strong);
}

TEST(BlazeFace, TakesAPictureSmallerThanACell) {
  const auto faces = network();
  EXPECT_TRUE(look(*faces, test::noise_picture(PixelFormat::rgb8, {1, 1}, 1), -100).empty());
  EXPECT_EQ(look(*faces, test::noise_picture(PixelFormat::rgb8, {3, 400}, 1), -100).size(), 100u);
}

TEST(BlazeFace, RefusesOtherPictures) {
  const auto faces = network();
  for (const PixelFormat format : {PixelFormat::gray8, PixelFormat::rgba8, PixelFormat::rgb16}) {
    const auto seen = faces->look(test::gradient_picture(format, {64, 64}), 0);
    ASSERT_FALSE(seen.has_value());
    EXPECT_EQ(seen.error().kind, Error::Kind::bad_input);
  }
  EXPECT_FALSE(faces->look(Image(), 0).has_value());
  EXPECT_FALSE(create_blaze_face("/nowhere").has_value());
}

TEST(BlazeFace, CostsWhatItsPixelsCost) {
  const auto faces = network();
  EXPECT_NEAR(faces->gflop({192, 192}), 0.211, 0.01);
  EXPECT_NEAR(faces->gflop({380, 380}) / faces->gflop({192, 192}), 4, 1e-9);
  EXPECT_EQ(faces->gflop({0, 0}), 0);
}

}  // namespace
}  // namespace faceveil
