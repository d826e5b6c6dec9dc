#include "evaluate/summary.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>

#include "evaluate/verdicts_test_support.h"

namespace faceveil {
namespace {

using test::draw;
using test::found_at;
using test::random_box;

constexpr Size picture_size = {200, 150};

struct Scene {
  std::vector<LabelledFace> faces;
  std::vector<Found> found;
};

// Faces, some of them found (a little off, some twice), and boxes anywhere; scores with ties.
Scene random_scene(std::mt19937& random) {
  Scene scene;
  std::normal_distribution<float> shift(0, 2);
  const auto score = [&] { return static_cast<float>(1 + draw(random, 20)) / 20; };
  for (uint32_t i = 0; i < draw(random, 6); ++i) {
    const Rect box = random_box(random, picture_size);
    scene.faces.push_back({box, draw(random, 5) != 0});
    for (uint32_t times = draw(random, 3); times > 0; --times) {
      const Rect off = {box.x + shift(random), box.y + shift(random), box.width, box.height};
      scene.found.push_back(found_at(off, score()));
    }
  }
  for (uint32_t i = 0; i < draw(random, 4); ++i) {
    scene.found.push_back(found_at(random_box(random, picture_size), score()));
  }
  return scene;
}

struct Judged {
  std::vector<PictureVerdict> verdicts;
  Subset subset;
};

Judged judged(const std::vector<Scene>& scenes) {
  Judged judged;
  judged.subset.name = "all";
  for (const Scene& scene : scenes) {
    judged.subset.pictures.push_back(judged.verdicts.size());
    judged.verdicts.push_back(judge(scene.faces, picture_size, scene.found));
    std::vector<bool> counts;
    for (const LabelledFace& face : scene.faces) counts.push_back(face.judged);
    judged.subset.counts.push_back(counts);
  }
  return judged;
}

std::vector<Scene> random_scenes(std::mt19937& random, size_t count) {
  std::vector<Scene> scenes;
  while (scenes.size() < count) scenes.push_back(random_scene(random));
  return scenes;
}

Counts counts_at(const std::vector<Scene>& scenes, float threshold) {
  const Judged all = judged(scenes);
  return count_at(all.verdicts, all.subset, threshold);
}

class Summaries : public testing::Test {
 protected:
  const uint32_t seed_ = std::random_device{}();
  const testing::ScopedTrace trace_{__FILE__, __LINE__, "seed " + std::to_string(seed_)};
  std::mt19937 random_{seed_};
};

TEST_F(Summaries, APerfectDetectorHasNoLeakNoFalseBoxAndPrecisionOne) {
  std::vector<Scene> scenes = random_scenes(random_, 40);
  for (Scene& scene : scenes) {
    scene.found.clear();
    // Well apart, so that no box can belong to another face as well.
    for (size_t i = 0; i < scene.faces.size(); ++i) {
      scene.faces[i].box = {static_cast<float>(30 * i) + 5, 40, 20, 25};
      scene.found.push_back(found_at(scene.faces[i].box, 0.6f));
    }
  }
  const Judged all = judged(scenes);
  const Counts counts = count_at(all.verdicts, all.subset, 0.6f);
  EXPECT_GT(counts.all.faces, 20u);
  EXPECT_EQ(counts.all.leaks(), 0u);
  EXPECT_EQ(counts.false_boxes, 0u);
  EXPECT_EQ(counts.precision(), 1.0);
  EXPECT_EQ(counts.recall(), 1.0);
  EXPECT_EQ(curve_of(all.verdicts, all.subset).average_precision(), 1.0);
  EXPECT_EQ(count_at(all.verdicts, all.subset, 0.61f).all.hidden, 0u);
}

TEST_F(Summaries, AWrongBoxNeverLowersFalseBoxesAndNeverRaisesLeaksOrPrecision) {
  for (int round = 0; round < 200; ++round) {
    std::vector<Scene> scenes = random_scenes(random_, 3);
    const Counts before = counts_at(scenes, 0.3f);
    // Beside every face, so wrong.
    Found wrong = found_at({static_cast<float>(draw(random_, 100)) + 300, 20, 30, 30}, 0.9f);
    scenes[draw(random_, 3)].found.push_back(wrong);
    const Counts after = counts_at(scenes, 0.3f);
    ASSERT_EQ(after.false_boxes, before.false_boxes + 1);
    ASSERT_LE(after.all.leaks(), before.all.leaks());
    ASSERT_LE(after.precision().value(), before.precision().value_or(1));
    ASSERT_EQ(after.matched, before.matched);
  }
}

TEST_F(Summaries, TheCurveIsTheCountsAtEachThreshold) {
  const Judged all = judged(random_scenes(random_, 30));
  const Curve curve = curve_of(all.verdicts, all.subset);
  ASSERT_FALSE(curve.points.empty());
  float last = 2;
  for (const CurvePoint& point : curve.points) {
    EXPECT_LT(point.threshold, last);
    last = point.threshold;
    const Counts counts = count_at(all.verdicts, all.subset, point.threshold);
    EXPECT_EQ(point.hidden, counts.all.hidden);
    EXPECT_EQ(point.false_boxes, counts.false_boxes);
    EXPECT_EQ(point.matched, counts.matched);
    EXPECT_EQ(point.unmatched, counts.unmatched);
    EXPECT_EQ(curve.faces, counts.all.faces);
    EXPECT_EQ(curve.pictures, counts.pictures);
  }
}

TEST_F(Summaries, SizesAddUp) {
  const Counts counts = counts_at(random_scenes(random_, 50), 0.4f);
  size_t faces = 0, hidden = 0;
  for (const LeakCount& count : counts.by_size) {
    faces += count.faces;
    hidden += count.hidden;
  }
  EXPECT_EQ(faces, counts.all.faces);
  EXPECT_EQ(hidden, counts.all.hidden);
}

TEST(SizeClasses, AreHalfOpen) {
  const std::vector<Scene> scenes = {{{{{0, 0, 8, 3}, true}, {{50, 50, 3, 15.9f}, true}}, {}},
                                     {{{{0, 0, 128, 3}, true}, {{50, 50, 3, 7.9f}, true}}, {}}};
  const Counts counts = counts_at(scenes, 0.5f);
  std::array<size_t, size_classes.size()> faces = {};
  for (size_t i = 0; i < faces.size(); ++i) faces[i] = counts.by_size[i].faces;
  EXPECT_EQ(faces, (std::array<size_t, 6>{1, 2, 0, 0, 0, 1}));
}

// Average precision by its definition: for each share of faces found, the best precision of any
// threshold that finds at least so many; each threshold matched anew, from the boxes alone.
double slow_average_precision(const std::vector<Scene>& scenes) {
  struct Point {
    size_t right = 0, wrong = 0;
  };
  std::set<float> thresholds;
  size_t face_count = 0;
  for (const Scene& scene : scenes) {
    for (const Found& found : scene.found) thresholds.insert(found.score);
    for (const LabelledFace& face : scene.faces) face_count += face.judged;
  }
  std::vector<Point> points;
  for (const float threshold : thresholds) {
    Point point;
    for (const Scene& scene : scenes) {
      std::set<size_t> taken;
      for (const Found& found : scene.found) {
        if (found.score < threshold) continue;
        size_t best = scene.faces.size();
        bool in_unjudged = false;
        for (size_t f = 0; f < scene.faces.size(); ++f) {
          const Rect& face = scene.faces[f].box;
          const float overlap = intersection_over_union(face, found.box);
          const float before = best < scene.faces.size()
                                   ? intersection_over_union(scene.faces[best].box, found.box)
                                   : 0;
          if (overlap >= 0.5f && overlap > before) best = f;
          const float x = found.box.x + found.box.width / 2;
          const float y = found.box.y + found.box.height / 2;
          in_unjudged |= !scene.faces[f].judged && x >= face.x && x < face.right() && y >= face.y &&
                         y < face.bottom();
        }
        const bool is_matched = best < scene.faces.size();
        if (is_matched ? !scene.faces[best].judged : in_unjudged) continue;
        const bool is_right = is_matched && taken.insert(best).second;
        ++(is_right ? point.right : point.wrong);
      }
    }
    points.push_back(point);
  }
  double sum = 0;
  for (size_t found = 1; found <= face_count; ++found) {
    double best = 0;
    for (const Point& point : points) {
      if (point.right < found) continue;
      best = std::max(
          best, static_cast<double>(point.right) / static_cast<double>(point.right + point.wrong));
    }
    sum += best;
  }
  return sum / static_cast<double>(face_count);
}

TEST_F(Summaries, AveragePrecisionIsThatOfTheSlowDefinition) {
  for (int round = 0; round < 100; ++round) {
    const std::vector<Scene> scenes = random_scenes(random_, 1 + draw(random_, 12));
    const Judged all = judged(scenes);
    const std::optional<double> ap = curve_of(all.verdicts, all.subset).average_precision();
    if (!ap) continue;
    ASSERT_NEAR(*ap, slow_average_precision(scenes), 1e-9) << "round " << round;
  }
}

TEST_F(Summaries, AtSoManyFalseBoxesNoPointOfTheCurveHidesMore) {
  const Judged all = judged(random_scenes(random_, 30));
  const Curve curve = curve_of(all.verdicts, all.subset);
  for (const double budget : {0.0, 0.2, 0.5, 1.0, 100.0}) {
    const std::optional<CurvePoint> best = curve.at_false_boxes(budget);
    for (const CurvePoint& point : curve.points) {
      if (static_cast<double>(point.false_boxes) > budget * 30) continue;
      ASSERT_TRUE(best);
      EXPECT_LE(point.hidden, best->hidden);
    }
  }
  EXPECT_EQ(curve.at_false_boxes(100)->hidden, curve.points.back().hidden);
}

TEST_F(Summaries, ThinningKeepsTheEnds) {
  Curve curve;
  for (int i = 0; i < 1000; ++i) curve.points.push_back({1 - static_cast<float>(i) / 1000});
  const std::vector<CurvePoint> thin = curve.thinned(64);
  ASSERT_EQ(thin.size(), 64u);
  EXPECT_EQ(thin.front().threshold, curve.points.front().threshold);
  EXPECT_EQ(thin.back().threshold, curve.points.back().threshold);
  EXPECT_EQ(curve.thinned(2000).size(), 1000u);
}

TEST(EmptySummaries, HaveNoRates) {
  const Counts counts = counts_at({}, 0.5f);
  EXPECT_FALSE(counts.all.leak_rate());
  EXPECT_FALSE(counts.false_boxes_a_picture());
  EXPECT_FALSE(counts.precision());
  EXPECT_FALSE(counts.recall());
  const Curve curve = curve_of({}, {});
  EXPECT_FALSE(curve.average_precision());
  EXPECT_FALSE(curve.at_false_boxes(1));
  EXPECT_TRUE(curve.thinned(2).empty());
}

}  // namespace
}  // namespace faceveil
