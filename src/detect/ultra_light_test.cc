// Ultra-Light RFB-320 as a face network: anchors, padding, boxes on faces.
#include "detect/ultra_light.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/files.h"
#include "base/limits.h"
#include "detect/detector.h"
#include "media/still.h"
#include "tests/support/drawn_pictures.h"
#include "tests/support/shared_data.h"

namespace faceveil {
namespace {

std::unique_ptr<const FaceNetwork> network(int thread_count = 1) {
  const auto models = find_model_folder();
  EXPECT_TRUE(models.has_value()) << models.error().message();
  auto network = create_ultra_light(*models, thread_count);
  EXPECT_TRUE(network.has_value()) << network.error().message();
  return network ? std::move(*network) : nullptr;
}

// The candidate that the network is surest of.
const Candidate& best(const std::vector<Candidate>& candidates) {
  return *std::max_element(candidates.begin(), candidates.end(),
                           [](const auto& a, const auto& b) { return a.logit < b.logit; });
}

TEST(UltraLight, LaysAnchorsOfTenSizesOverAnyPaddedSize) {
  for (const Size size : {Size{64, 64}, Size{320, 256}, Size{960, 576}}) {
    const auto anchors = ultra_light_anchors(size);
    const int cells64 = size.width / 64 * (size.height / 64);
    // Cells of 8 px have three anchors, of 16 px two, of 32 px two, of 64 px three.
    ASSERT_EQ(anchors.size(), static_cast<size_t>(cells64 * (64 * 3 + 16 * 2 + 4 * 2 + 3)));
    EXPECT_EQ(anchors.front().cell.x, 4);
    EXPECT_EQ(anchors.front().box.width, 10);
    EXPECT_EQ(anchors.back().cell.x, static_cast<float>(size.width) - 32);
    EXPECT_EQ(anchors.back().cell.y, static_cast<float>(size.height) - 32);
    EXPECT_EQ(anchors.back().box.width, 256);
    for (const UltraLightAnchor& anchor : anchors) {
      ASSERT_GT(anchor.cell.x, 0);
      ASSERT_GT(anchor.cell.y, 0);
      ASSERT_LT(anchor.cell.x, static_cast<float>(size.width));
      ASSERT_LT(anchor.cell.y, static_cast<float>(size.height));
    }
  }
}

TEST(UltraLight, FindsADrawnFaceAtManySizes) {
  const auto ultra_light = network();
  ASSERT_TRUE(ultra_light);
  for (const float height : {40.0f, 70.0f, 120.0f, 200.0f}) {
    for (const float x : {31.0f, 150.0f, 301.0f}) {
      const Rect drawn{x, 60, height * 0.8f, height};
      Image picture = test::gradient_picture(PixelFormat::rgb8, {481, 333});
      test::draw_face(picture, drawn);
      const auto candidates = ultra_light->look(picture, 0);
      ASSERT_TRUE(candidates.has_value()) << candidates.error().message();
      ASSERT_FALSE(candidates->empty()) << height << " px at " << x;
      EXPECT_GT(intersection_over_union(best(*candidates).box, drawn), 0.5f)
          << height << " px at " << x;
    }
  }
}

TEST(UltraLight, KeepsTheOrderOfAnchorsAndTheThreshold) {
  const auto ultra_light = network();
  ASSERT_TRUE(ultra_light);
  Image picture = test::gradient_picture(PixelFormat::rgb8, {200, 130});
  test::draw_face(picture, {60, 20, 64, 80});
  const auto all = ultra_light->look(picture, -1000);
  const auto some = ultra_light->look(picture, -2);
  ASSERT_TRUE(all.has_value() && some.has_value());
  // Those in the padding are not listened to.
  std::vector<Point> expected_anchors, anchors;
  for (const UltraLightAnchor& anchor : ultra_light_anchors({256, 192})) {
    const Point c = anchor.cell;
    if (c.x < 200 && c.y < 130) expected_anchors.push_back(c);
  }
  for (const Candidate& candidate : *all) anchors.push_back(candidate.anchor);
  EXPECT_EQ(anchors, expected_anchors);
  std::vector<Rect> expected, found;
  for (const Candidate& candidate : *all) {
    if (candidate.logit >= -2) expected.push_back(candidate.box);
  }
  for (const Candidate& candidate : *some) found.push_back(candidate.box);
  EXPECT_FALSE(found.empty());
  EXPECT_EQ(found, expected);
}

TEST(UltraLight, GivesTheSameCandidatesForAnyThreadCount) {
  const Image picture = test::noise_picture(PixelFormat::rgb8, {333, 200}, 5);
  const auto one = network(1)->look(picture, -1000);
  const auto three = network(3)->look(picture, -1000);
  ASSERT_TRUE(one.has_value() && three.has_value());
  ASSERT_EQ(one->size(), three->size());
  for (size_t i = 0; i < one->size(); ++i) {
    ASSERT_EQ((*one)[i].box, (*three)[i].box);
    ASSERT_EQ((*one)[i].logit, (*three)[i].logit);
  }
}

TEST(UltraLight, RefusesWhatIsNoRgbPicture) {
  const auto ultra_light = network();
  ASSERT_TRUE(ultra_light);
  EXPECT_FALSE(ultra_light->look(Image(), 0).has_value());
  const Image grey = test::gradient_picture(PixelFormat::gray8, {64, 64});
  const auto candidates = ultra_light->look(grey, 0);
  ASSERT_FALSE(candidates.has_value());
  EXPECT_EQ(candidates.error().kind, Error::Kind::bad_input);
}

TEST(UltraLight, CostsByTheArea) {
  const auto ultra_light = network();
  ASSERT_TRUE(ultra_light);
  EXPECT_NEAR(ultra_light->gflop({640, 512}), 4 * ultra_light->gflop({320, 256}), 1e-3);
  EXPECT_EQ(ultra_light->gflop({319, 250}), ultra_light->gflop({320, 256}));
  EXPECT_GT(ultra_light->gflop({320, 256}), 0.1);
  EXPECT_LT(ultra_light->gflop({320, 256}), 1.0);
}

TEST(UltraLight, NamesTheModelFileThatIsMissing) {
  const auto none = create_ultra_light("/nowhere");
  ASSERT_FALSE(none.has_value());
  EXPECT_EQ(none.error().kind, Error::Kind::io);
  EXPECT_EQ(none.error().subject, "/nowhere/ultra_light_rfb_320.onnx");
}

}  // namespace
}  // namespace faceveil
