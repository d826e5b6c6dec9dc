#include "pipeline/light_look.h"

#include <gtest/gtest.h>

namespace faceveil {
namespace {

RedactionPlan plan_with(std::vector<Keyframe> keyframes, Decision decision = Decision::hide) {
  RedactionPlan plan;
  plan.source.size = {640, 360};
  plan.tracks.emplace_back();
  plan.tracks[0].decision = decision;
  plan.tracks[0].keyframes = std::move(keyframes);
  return plan;
}

struct Looks {
  std::vector<int> whole, windows;  // Which pictures, 25 a second.
};

Looks looks_at(LightLook light, int count) {
  Looks looks;
  for (int i = 0; i < count; ++i) {
    const Look look = light.at({i * 40'000});
    if (look.full) looks.whole.push_back(i);
    if (!look.windows.empty()) looks.windows.push_back(i);
  }
  return looks;
}

TEST(LightLook, WholePicturesTwoASecond) {
  const Looks looks = looks_at(LightLook(nullptr), 31);
  EXPECT_EQ(looks.whole, (std::vector<int>{0, 13, 26}));
  EXPECT_TRUE(looks.windows.empty());
}

TEST(LightLook, WindowsWhereATrackBeginsEndsIsLeastSureAndFiveTimesASecond) {
  const Rect box = {100, 100, 60, 80};
  const RedactionPlan plan =
      plan_with({{{280'000}, box, 0.9f}, {{680'000}, box, 0.3f}, {{1'120'000}, box, 0.8f}});
  const Looks looks = looks_at(LightLook(&plan), 31);
  EXPECT_EQ(looks.whole, (std::vector<int>{0, 13, 26}));
  EXPECT_EQ(looks.windows, (std::vector<int>{6, 7, 8, 11, 16, 17, 18, 21, 27, 28, 29}));
}

TEST(LightLook, AWindowReachesASideBeyondWhatIsHidden) {
  const RedactionPlan plan =
      plan_with({{{0}, {100, 100, 60, 80}, 0.9f}, {{900'000}, {100, 100, 60, 80}, 0.9f}});
  LightLook light(&plan);
  EXPECT_TRUE(light.at({0}).full);
  const Look look = light.at({40'000});
  ASSERT_EQ(look.windows.size(), 1);
  EXPECT_EQ(look.windows[0].area, (Rect{40, 20, 180, 240}));
}

TEST(LightLook, AroundPlacesThereIsOneWindowForEachThatIsFarFromTheOthers) {
  const RedactionPlan plan = plan_with({{{0}, {100, 100, 60, 80}, 0.9f}});
  const std::vector<Rect> places = {{100, 100, 60, 80}, {103, 101, 60, 80}, {400, 200, 50, 50}};
  const Look look = LightLook(&plan).around(places);
  EXPECT_FALSE(look.full);
  ASSERT_EQ(look.windows.size(), 2);
  EXPECT_EQ(look.windows[0].area, (Rect{40, 20, 180, 240}));
  EXPECT_EQ(look.windows[1].area, (Rect{350, 150, 150, 150}));
}

TEST(LightLook, AroundNothingNothingIsLookedAtAndWithoutAPlanAllIs) {
  const RedactionPlan plan = plan_with({{{0}, {100, 100, 60, 80}, 0.9f}});
  const Look look = LightLook(&plan).around({});
  EXPECT_FALSE(look.full);
  EXPECT_TRUE(look.windows.empty());
  EXPECT_TRUE(LightLook(nullptr).around(std::vector<Rect>{{100, 100, 60, 80}}).full);
}

TEST(LightLook, WhatIsKeptHasNoWindows) {
  const RedactionPlan plan = plan_with({{{280'000}, {100, 100, 60, 80}, 0.9f}}, Decision::keep);
  EXPECT_TRUE(looks_at(LightLook(&plan), 31).windows.empty());
}

TEST(LightLook, WhereWindowsAreManyTheWholePictureIsLookedAt) {
  RedactionPlan plan = plan_with({{{40'000}, {0, 0, 9, 9}, 0.9f}});
  for (int i = 1; i < 40; ++i) {
    plan.tracks.push_back(plan.tracks[0]);
    plan.tracks.back().keyframes[0].box.x = static_cast<float>(16 * i);
  }
  LightLook light(&plan);
  EXPECT_TRUE(light.at({0}).full);
  EXPECT_TRUE(light.at({40'000}).full);
}

TEST(LightLook, SlowFilmsAreLookedAtWhole) {
  LightLook light(nullptr);
  for (int i = 0; i < 9; ++i) EXPECT_TRUE(light.at({i * 500'000}).full);
}

}  // namespace
}  // namespace faceveil
