// The parts of the fusion, and the whole of it on drawn pictures.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "detect/calibration.h"
#include "detect/close_up.h"
#include "detect/cluster.h"
#include "detect/detector.h"
#include "detect/finder.h"
#include "detect/fusion_model.h"
#include "tests/support/drawn_pictures.h"

namespace faceveil {
namespace {

FusionModel fitted() {
  const auto model = load_fusion_model(*find_model_folder());
  EXPECT_TRUE(model.has_value()) << model.error().message();
  return *model;
}

TEST(Calibration, GrowsWithTheLogitAtEverySize) {
  for (const Calibration& calibration : fitted().calibrations) {
    for (float side = 2; side < 2000; side *= 1.3f) {
      float before = 0;
      for (float logit = -10; logit <= 10; logit += 0.5f) {
        const float p = probability_of(calibration, logit, side);
        EXPECT_GE(p, before) << calibration.network << " " << side << " " << logit;
        EXPECT_LE(p, 1);
        before = p;
      }
    }
  }
}

TEST(Calibration, OfAnUnknownNetworkIsAThirdOfItsOwnWord) {
  const Calibration own = fitted().calibration_of("nobody");
  EXPECT_NEAR(probability_of(own, 0, 30), 0.5f, 1e-6f);
  EXPECT_NEAR(probability_of(own, 2, 300), sigmoid(0.6f), 1e-6f);
  EXPECT_EQ(corrected_box(own, {1, 2, 3, 4}), (Rect{1, 2, 3, 4}));
}

TEST(Clusters, HoldEveryBeliefOnceAndTheBestFirst) {
  const uint32_t seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  std::uniform_real_distribution<float> place(0, 200), side(5, 60), chance(0.01f, 1);
  std::vector<Belief> beliefs;
  for (int i = 0; i < 300; ++i) {
    beliefs.push_back(
        {{place(random), place(random), side(random), side(random)}, chance(random), i});
  }
  std::vector<int> seen;
  float best_before = 1;
  for (const Cluster& cluster : cluster_beliefs(beliefs, 0.4f)) {
    const Belief& best = beliefs[static_cast<size_t>(cluster.members.front())];
    EXPECT_LE(best.probability, best_before);
    best_before = best.probability;
    for (const int member : cluster.members) {
      seen.push_back(member);
      const Belief& belief = beliefs[static_cast<size_t>(member)];
      EXPECT_LE(belief.probability, best.probability);
      if (member != cluster.members.front()) {
        EXPECT_GT(intersection_over_union(belief.box, best.box), 0.4f);
      }
    }
  }
  std::ranges::sort(seen);
  EXPECT_EQ(seen.size(), beliefs.size());
  EXPECT_EQ(std::ranges::adjacent_find(seen), seen.end());
}

TEST(CloseUp, ShowsTheMiddleOfTheBoxInItsOwn) {
  const Image picture = test::gradient_picture(PixelFormat::rgb8, {300, 200});
  const auto halvings = Halvings::create(picture, {1, 1}, 1);
  ASSERT_TRUE(halvings.has_value());
  const Framing framing{48, 2.0f};
  const auto seen = close_up(*halvings, {100, 60, 24, 24}, framing);
  ASSERT_TRUE(seen.has_value());
  for (int c = 0; c < 3; ++c) {
    EXPECT_NEAR(seen->row<uint8_t>(24)[24 * 3 + c], picture.row<uint8_t>(72)[112 * 3 + c], 3);
  }
  const auto beyond = close_up(*halvings, {-500, -500, 20, 20}, framing);
  ASSERT_TRUE(beyond.has_value());
  EXPECT_EQ(beyond->row<uint8_t>(10)[10], 0);
}

Image group_of(int count) {
  Image picture = test::gradient_picture(PixelFormat::rgb8, {1000, 700});
  for (int i = 0; i < count; ++i) {
    const auto column = static_cast<float>(i % 4), row = static_cast<float>(i / 4);
    test::draw_face(picture, {60 + column * 235, 60 + row * 320, 110, 140});
  }
  return picture;
}

TEST(Fusion, FindsAGroupOfEightAndGivesTheSameOnAnyNumberOfThreads) {
  const Image picture = group_of(8);
  std::vector<std::vector<Face>> results;
  for (const int threads : {1, 2, 3}) {
    DetectorOptions options;
    options.thread_count = threads;
    const auto detector = Detector::create(*find_model_folder(), options);
    ASSERT_TRUE(detector.has_value()) << detector.error().message();
    results.push_back(*detector->detect(picture));
  }
  EXPECT_EQ(results[0].size(), 8u);
  for (const auto& faces : results) {
    ASSERT_EQ(faces.size(), results[0].size());
    for (size_t i = 0; i < faces.size(); ++i) {
      EXPECT_EQ(faces[i].box, results[0][i].box);
      EXPECT_EQ(faces[i].score, results[0][i].score);
    }
  }
}

TEST(Fusion, TakesPicturesOfAnyShapeAndFormat) {
  const auto detector = Detector::create(*find_model_folder(), {});
  ASSERT_TRUE(detector.has_value());
  for (const Size size : {Size{1, 1}, Size{1, 10000}, Size{10000, 1}, Size{3, 2}}) {
    for (const PixelFormat format : {PixelFormat::gray8, PixelFormat::rgba16}) {
      const auto black = Image::create(format, size);
      ASSERT_TRUE(black.has_value());
      const auto faces = detector->detect(*black);
      ASSERT_TRUE(faces.has_value()) << faces.error().message();
      EXPECT_TRUE(faces->empty());
    }
  }
}

TEST(Fusion, LooksFurtherWhenThorough) {
  const auto thorough = Detector::create(*find_model_folder(), matching({}, Search::thorough));
  const auto balanced = Detector::create(*find_model_folder(), {});
  ASSERT_TRUE(thorough.has_value() && balanced.has_value());
  EXPECT_GT(thorough->gflop({640, 480}), 1.5 * balanced->gflop({640, 480}));
  EXPECT_LE(balanced->gflop({3840, 2160}), 4.2 * balanced->gflop({1920, 1080}));
}

TEST(Fusion, RefusesASearchThatTheDetectorDoesNotDo) {
  DetectorOptions options = matching(DetectorId::blazeface_short, Search::thorough);
  EXPECT_FALSE(check(options).has_value());
  EXPECT_FALSE(check(matching(DetectorId::fusion, Search::quick)).has_value());
  EXPECT_TRUE(check(matching({}, {})).has_value());
  EXPECT_TRUE(check(matching(DetectorId::blazeface_short, {})).has_value());
  EXPECT_TRUE(check(matching({}, Search::quick)).has_value());
}

}  // namespace
}  // namespace faceveil
