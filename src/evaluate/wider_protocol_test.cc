#include "evaluate/wider_protocol.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "evaluate/verdicts_test_support.h"

namespace faceveil {
namespace {

using test::draw;

// The steps of the published program one after the other, over whole arrays, as it has them:
// norm_score, image_evaluation, image_pr_info, dataset_pr_info, VOCap.
double by_the_published_steps(std::vector<WiderPicture> pictures) {
  double low = 1, high = 0;
  for (const WiderPicture& picture : pictures) {
    for (const ScoredBox& box : picture.boxes) {
      low = std::min<double>(low, box.score);
      high = std::max<double>(high, box.score);
    }
  }
  std::vector<double> boxes(1000), found(1000);
  double face_count = 0;
  for (const WiderPicture& picture : pictures) {
    for (const bool counts : picture.counts) face_count += counts;
    if (picture.faces.empty() || picture.boxes.empty()) continue;
    std::vector<int> recall_list(picture.faces.size(), 0);
    std::vector<int> proposal_list(picture.boxes.size(), 1);
    std::vector<double> recall(picture.boxes.size());
    for (size_t h = 0; h < picture.boxes.size(); ++h) {
      size_t idx = 0;
      double most = -1;
      for (size_t f = 0; f < picture.faces.size(); ++f) {
        const Rect& a = picture.faces[f];
        const Rect& b = picture.boxes[h].box;
        const double w = std::min<double>(a.right(), b.right()) - std::max<double>(a.x, b.x) + 1;
        const double t = std::min<double>(a.bottom(), b.bottom()) - std::max<double>(a.y, b.y) + 1;
        const double both = w > 0 && t > 0 ? w * t : 0;
        const double iou =
            both / ((a.width + 1.0) * (a.height + 1.0) + (b.width + 1.0) * (b.height + 1.0) - both);
        if (iou > most) most = iou, idx = f;
      }
      if (most >= 0.5 && !picture.counts[idx]) {
        recall_list[idx] = -1;
        proposal_list[h] = -1;
      } else if (most >= 0.5 && recall_list[idx] == 0) {
        recall_list[idx] = 1;
      }
      recall[h] = static_cast<double>(std::ranges::count(recall_list, 1));
    }
    for (size_t t = 1; t <= 1000; ++t) {
      const double threshold = 1 - static_cast<double>(t) / 1000;
      int last = -1;
      for (size_t h = 0; h < picture.boxes.size(); ++h) {
        if ((picture.boxes[h].score - low) / (high - low) >= threshold) last = static_cast<int>(h);
      }
      if (last < 0) continue;
      boxes[t - 1] += static_cast<double>(
          std::count(proposal_list.begin(), proposal_list.begin() + last + 1, 1));
      found[t - 1] += recall[static_cast<size_t>(last)];
    }
  }
  std::vector<double> mrec = {0}, mpre = {0};
  for (size_t t = 0; t < 1000; ++t) {
    mrec.push_back(found[t] / face_count);
    mpre.push_back(boxes[t] > 0 ? found[t] / boxes[t] : 0);
  }
  mrec.push_back(1);
  mpre.push_back(0);
  for (size_t i = mpre.size() - 1; i > 0; --i) mpre[i - 1] = std::max(mpre[i - 1], mpre[i]);
  double area = 0;
  for (size_t i = 1; i < mrec.size(); ++i) area += (mrec[i] - mrec[i - 1]) * mpre[i];
  return area;
}

WiderPicture random_picture(std::mt19937& random) {
  constexpr Size size = {300, 200};
  WiderPicture picture;
  std::normal_distribution<float> shift(0, 1.5f);
  std::uniform_real_distribution<float> score(0, 1);
  for (uint32_t i = draw(random, 6); i > 0; --i) {
    const Rect face = test::random_box(random, size);
    picture.faces.push_back(face);
    picture.counts.push_back(draw(random, 3) != 0);
    for (uint32_t times = draw(random, 3); times > 0; --times) {
      const Rect box = {face.x + shift(random), face.y + shift(random), face.width, face.height};
      picture.boxes.push_back({box, score(random)});
    }
  }
  for (uint32_t i = draw(random, 3); i > 0; --i) {
    picture.boxes.push_back({test::random_box(random, size), score(random)});
  }
  std::ranges::sort(picture.boxes, std::ranges::greater(), &ScoredBox::score);
  return picture;
}

TEST(WiderProtocol, IsThePublishedProgramStepByStep) {
  const uint32_t seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  int compared = 0;
  for (int round = 0; round < 60; ++round) {
    std::vector<WiderPicture> pictures;
    for (uint32_t i = 2 + draw(random, 20); i > 0; --i) pictures.push_back(random_picture(random));
    const std::optional<double> ap = wider_average_precision(pictures);
    if (!ap) continue;
    ASSERT_NEAR(*ap, by_the_published_steps(pictures), 1e-9) << "round " << round;
    ++compared;
  }
  EXPECT_GT(compared, 40);
}

TEST(WiderProtocol, PerfectIsOneAndFacesThatDoNotCountChangeNothing) {
  WiderPicture picture;
  picture.faces = {{0, 0, 20, 20}, {50, 0, 20, 20}};
  picture.counts = {true, false};
  picture.boxes = {{{0, 0, 20, 20}, 0.9f}};
  EXPECT_EQ(wider_average_precision({&picture, 1}), 1.0);
  picture.boxes.push_back({{50, 0, 20, 20}, 0.8f});
  EXPECT_EQ(wider_average_precision({&picture, 1}), 1.0);
  picture.counts = {false, false};
  EXPECT_FALSE(wider_average_precision({&picture, 1}));
  picture.counts = {true, true};
  picture.boxes.clear();
  EXPECT_EQ(wider_average_precision({&picture, 1}), 0.0);
}

}  // namespace
}  // namespace faceveil
