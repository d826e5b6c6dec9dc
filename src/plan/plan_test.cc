#include "plan/plan.h"

#include <gtest/gtest.h>

#include <limits>

namespace faceveil {
namespace {

RedactionPlan valid_plan() {
  RedactionPlan plan;
  plan.source = {std::string(64, 'a'), {640, 480}};
  Track track;
  track.id = 1;
  track.keyframes = {{{0}, {10, 20, 100, 50}, 0.9f}};
  plan.tracks = {track};
  return plan;
}

std::string error_of(const RedactionPlan& plan) {
  const Status status = validate(plan);
  return status ? "" : status.error().message(Language::english);
}

TEST(Plan, RegionsAreGrownAtEverySide) {
  const std::vector<Region> regions = regions_at(valid_plan(), {0});
  ASSERT_EQ(regions.size(), 1u);
  EXPECT_EQ(regions[0].face, (Rect{10, 20, 100, 50}));
  EXPECT_FLOAT_EQ(regions[0].box.x, -10);
  EXPECT_FLOAT_EQ(regions[0].box.y, 10);
  EXPECT_FLOAT_EQ(regions[0].box.width, 140);
  EXPECT_FLOAT_EQ(regions[0].box.height, 70);
}

TEST(Plan, KeptFacesAndOtherMomentsGiveNoRegion) {
  RedactionPlan plan = valid_plan();
  EXPECT_TRUE(regions_at(plan, {1}).empty());
  plan.tracks[0].decision = Decision::keep;
  EXPECT_TRUE(regions_at(plan, {0}).empty());
}

TEST(Plan, ATrackCoversTheTimeBetweenItsFirstAndLastKeyframe) {
  RedactionPlan plan = valid_plan();
  plan.tracks[0].keyframes = {{{1000}, {10, 20, 100, 50}, 0.9f},
                              {{2000}, {20, 20, 100, 50}, 0.9f},
                              {{4000}, {20, 40, 50, 100}, 0.9f}};
  EXPECT_TRUE(regions_at(plan, {999}).empty());
  EXPECT_TRUE(regions_at(plan, {4001}).empty());
  for (int64_t time = 1000; time <= 4000; ++time) {
    ASSERT_EQ(regions_at(plan, {time}).size(), 1u) << time;
  }
  for (const Keyframe& keyframe : plan.tracks[0].keyframes) {
    EXPECT_EQ(regions_at(plan, keyframe.time)[0].face, keyframe.box);
  }
  EXPECT_EQ(regions_at(plan, {1500})[0].face, (Rect{15, 20, 100, 50}));
  EXPECT_EQ(regions_at(plan, {3000})[0].face, (Rect{20, 30, 75, 75}));
}

TEST(Plan, AHeldBoxStaysExactlyWhereItIs) {
  Track track;
  track.keyframes = {{{0}, {0.1f, 7.7f, 33.3f, 41.9f}, 1},
                     {{999'983}, {0.1f, 7.7f, 33.3f, 41.9f}, 1}};
  for (int64_t time = 1; time < 999'983; time += 33'331) {
    const Rect box = box_at(track, {time}).value();
    EXPECT_EQ(box.x, 0.1f);
    EXPECT_FLOAT_EQ(box.right(), 33.4f);
  }
}

TEST(Plan, ValidationNamesTheField) {
  EXPECT_EQ(error_of(valid_plan()), "");

  RedactionPlan plan = valid_plan();
  plan.version = 2;
  EXPECT_NE(error_of(plan).find("version"), std::string::npos);

  plan = valid_plan();
  plan.source.sha256[0] = 'A';
  EXPECT_NE(error_of(plan).find("source.sha256"), std::string::npos);

  plan = valid_plan();
  plan.cover = {"cat.png", "7"};
  EXPECT_NE(error_of(plan).find("cover.sha256"), std::string::npos);

  plan = valid_plan();
  plan.tracks[0].effect = Effect::image;
  EXPECT_NE(error_of(plan).find("tracks[0].effect"), std::string::npos);

  plan = valid_plan();
  plan.tracks.push_back(plan.tracks[0]);
  EXPECT_NE(error_of(plan).find("tracks[1].id"), std::string::npos);

  plan = valid_plan();
  plan.tracks[0].keyframes.clear();
  EXPECT_NE(error_of(plan).find("tracks[0].keyframes"), std::string::npos);

  plan = valid_plan();
  plan.tracks[0].grow = -0.1f;
  EXPECT_NE(error_of(plan).find("tracks[0].grow"), std::string::npos);
}

TEST(Plan, BoxesMustBeFiniteAndNotEmpty) {
  const float nan = std::numeric_limits<float>::quiet_NaN();
  const float infinity = std::numeric_limits<float>::infinity();
  for (const Rect& box : {Rect{0, 0, 0, 5}, Rect{0, 0, 5, -1}, Rect{nan, 0, 5, 5},
                          Rect{0, infinity, 5, 5}, Rect{0, 0, infinity, 5}, Rect{0, 0, 5, nan}}) {
    RedactionPlan plan = valid_plan();
    plan.tracks[0].keyframes[0].box = box;
    EXPECT_NE(error_of(plan).find("tracks[0].keyframes[0]"), std::string::npos);
  }
}

TEST(Plan, NamesOfEffectsAndShapesReadBack) {
  for (const Effect effect :
       {Effect::veil, Effect::solid, Effect::emoji, Effect::image, Effect::mosaic, Effect::blur}) {
    EXPECT_EQ(parse_effect(effect_name(effect)).value(), effect);
  }
  for (const Shape shape : {Shape::ellipse, Shape::rectangle}) {
    EXPECT_EQ(parse_shape(shape_name(shape)).value(), shape);
  }
  EXPECT_EQ(parse_effect("smear").error().message(Language::english),
            "\"smear\" is not known; choose one of: veil, solid, emoji, image, mosaic, blur.");
}

}  // namespace
}  // namespace faceveil
