#include "pipeline/light_look.h"

#include <gtest/gtest.h>

namespace faceveil {
namespace {

RedactionPlan plan_with(std::vector<Keyframe> keyframes, Decision decision = Decision::hide) {
  RedactionPlan plan;
  plan.tracks.emplace_back();
  plan.tracks[0].decision = decision;
  plan.tracks[0].keyframes = std::move(keyframes);
  return plan;
}

// Which of so many pictures, 25 a second.
std::vector<int> wanted(LightLook look, int count) {
  std::vector<int> numbers;
  for (int i = 0; i < count; ++i) {
    if (look.wants({i * 40'000})) numbers.push_back(i);
  }
  return numbers;
}

TEST(LightLook, five_pictures_a_second) {
  EXPECT_EQ(wanted(LightLook(nullptr), 21), (std::vector<int>{0, 5, 10, 15, 20}));
}

TEST(LightLook, and_where_a_track_begins_ends_and_is_least_sure) {
  const Rect box = {1, 1, 9, 9};
  const RedactionPlan plan =
      plan_with({{{280'000}, box, 0.9f}, {{480'000}, box, 0.3f}, {{720'000}, box, 0.8f}});
  EXPECT_EQ(wanted(LightLook(&plan), 21),
            (std::vector<int>{0, 5, 6, 7, 8, 10, 11, 12, 13, 15, 17, 18, 19, 20}));
}

TEST(LightLook, what_is_kept_has_no_weak_moments) {
  const RedactionPlan plan = plan_with({{{280'000}, {1, 1, 9, 9}, 0.9f}}, Decision::keep);
  EXPECT_EQ(wanted(LightLook(&plan), 11), (std::vector<int>{0, 5, 10}));
}

TEST(LightLook, slow_films_are_looked_at_whole) {
  LightLook look(nullptr);
  for (int i = 0; i < 9; ++i) EXPECT_TRUE(look.wants({i * 200'000}));
}

}  // namespace
}  // namespace faceveil
