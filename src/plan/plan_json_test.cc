#include "plan/plan_json.h"

#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <random>

#include "tests/support/shared_data.h"

namespace faceveil {
namespace {

using Json = nlohmann::ordered_json;

float random_in(std::mt19937& random, float low, float high) {
  return std::uniform_real_distribution<float>(low, high)(random);
}

Track random_track(std::mt19937& random, uint32_t id) {
  Track track;
  track.id = id;
  track.decision = random() % 3 ? Decision::hide : Decision::keep;
  track.effect = static_cast<Effect>(random() % 6);
  track.shape = static_cast<Shape>(random() % 2);
  track.grow = random_in(random, 0, 2);
  track.origin = random() % 2 ? Origin::detector : Origin::person;
  track.needs_review = track.decision == Decision::hide && random() % 2;
  track.note = random() % 2 ? "" : "左边第二位 \"x\"\n";
  for (uint32_t i = 0, count = 1 + static_cast<uint32_t>(random() % 3); i < count; ++i) {
    track.keyframes.push_back({{int64_t{i} * 40'000},
                               {random_in(random, -50, 900), random_in(random, -50, 900),
                                random_in(random, 0.5f, 400), random_in(random, 0.5f, 400)},
                               random_in(random, 0, 1)});
  }
  return track;
}

RedactionPlan random_plan(uint32_t seed) {
  std::mt19937 random(seed);
  RedactionPlan plan;
  plan.source.sha256.assign(64, "0123456789abcdef"[random() % 16]);
  plan.source.size = {static_cast<int>(1 + random() % 5000), static_cast<int>(1 + random() % 5000)};
  plan.source_name = "照片/a b.jpg";
  plan.detector = "blazeface-full";
  plan.voice.mode = static_cast<VoiceMode>(random() % 4);
  if (seed % 3 == 0) plan.voice.silenced = {{{1}, {2'000'000}, seed % 2 == 0}};
  for (uint32_t i = 0, count = static_cast<uint32_t>(random() % 6); i < count; ++i) {
    plan.tracks.push_back(random_track(random, i));
    if (plan.tracks.back().effect == Effect::image) {
      plan.cover = {"猫.png", std::string(64, '7')};
    }
  }
  return plan;
}

TEST(PlanJson, RoundTripsAndIsStable) {
  for (uint32_t seed = 0; seed < 300; ++seed) {
    const RedactionPlan plan = random_plan(seed);
    const std::string text = format_plan(plan);
    const Result<RedactionPlan> read = parse_plan(text);
    ASSERT_TRUE(read.has_value()) << "seed " << seed << ": " << read.error().message();
    ASSERT_EQ(*read, plan) << "seed " << seed;
    ASSERT_EQ(format_plan(*read), text) << "seed " << seed;
  }
}

TEST(PlanJson, NumbersAreWrittenShort) {
  RedactionPlan plan = random_plan(1);
  plan.tracks = {Track{}};
  plan.tracks[0].keyframes = {{{0}, {0.1f, 0.5f, 3, 4}, 0.9f}};
  EXPECT_NE(format_plan(plan).find("\"grow\": 0.2,"), std::string::npos) << format_plan(plan);
}

// Takes each key of each object away, and adds a key to each object: all must be refused by name.
TEST(PlanJson, MissingAndUnknownKeysAreRefusedByName) {
  RedactionPlan plan = random_plan(2);
  std::mt19937 random(2);
  plan.tracks = {random_track(random, 7)};
  plan.tracks[0].effect = Effect::image;  // Needs the one key that others may leave out.
  plan.cover = {"cat.png", std::string(64, '7')};
  plan.voice = {VoiceMode::robot, {{{1}, {2}, true}}};
  const Json whole = Json::parse(format_plan(plan)).flatten();
  size_t tried = 0;
  for (const auto& item : whole.items()) {
    const Json::json_pointer pointer(item.key());
    Json without = whole.unflatten();
    without.at(pointer.parent_pointer()).erase(pointer.back());
    const auto missing = parse_plan(without.dump());
    ASSERT_FALSE(missing.has_value()) << item.key();
    EXPECT_NE(missing.error().message().find(pointer.back()), std::string::npos) << item.key();

    Json extra = whole.unflatten();
    extra.at(pointer.parent_pointer())["surprise"] = 1;
    const auto unknown = parse_plan(extra.dump());
    ASSERT_FALSE(unknown.has_value()) << item.key();
    EXPECT_NE(unknown.error().message().find("surprise"), std::string::npos) << item.key();
    ++tried;
  }
  EXPECT_GT(tried, 15u);
}

TEST(PlanJson, OnlyTheEffectImageNeedsACover) {
  RedactionPlan plan = random_plan(5);
  plan.cover.reset();
  plan.tracks = {Track{}};
  plan.tracks[0].keyframes = {{{0}, {1, 2, 3, 4}, 0.9f}};
  EXPECT_EQ(format_plan(plan).find("cover"), std::string::npos);
  for (const Effect effect : {Effect::veil, Effect::emoji, Effect::image}) {
    plan.tracks[0].effect = effect;
    EXPECT_EQ(parse_plan(format_plan(plan)).has_value(), effect != Effect::image);
  }
  EXPECT_EQ(parse_plan(format_plan(plan)).error().subject, "tracks[0].effect");
}

TEST(PlanJson, RefusesWhatIsNoPlan) {
  for (const char* text : {"", "[]", "null", "{", "{}", "\"plan\"", "{\"version\": 2}", "1e999"}) {
    EXPECT_FALSE(parse_plan(text).has_value()) << text;
  }
  const auto newer = parse_plan("{\"version\": 2}");
  EXPECT_EQ(newer.error().message(Language::english),
            "version: This plan has version 2; this program reads version 1.");
}

TEST(PlanJson, DeepNestingIsRefusedWithoutHarm) {
  EXPECT_FALSE(parse_plan(std::string(1'000'000, '[')).has_value());
}

// The schema is for others; this holds it to the same keys as the reader.
TEST(PlanJson, SchemaListsTheSameKeys) {
  std::ifstream file(test::source_folder() / "docs" / "plan.schema.json");
  ASSERT_TRUE(file.is_open());
  const Json schema = Json::parse(file);
  RedactionPlan plan = random_plan(3);
  std::mt19937 random(3);
  plan.tracks = {random_track(random, 1)};
  plan.cover = {"cat.png", std::string(64, '7')};
  plan.voice = {VoiceMode::robot, {{{1}, {2}, true}}};
  const Json json = Json::parse(format_plan(plan));
  const auto same_keys = [](const Json& object, const Json& object_schema, size_t optional = 0) {
    EXPECT_FALSE(object_schema.at("additionalProperties").get<bool>());
    EXPECT_EQ(object.size(), object_schema.at("properties").size());
    EXPECT_EQ(object.size(), object_schema.at("required").size() + optional);
    for (const auto& item : object.items()) {
      EXPECT_TRUE(object_schema.at("properties").contains(item.key())) << item.key();
    }
  };
  same_keys(json, schema, /*optional: cover, voice*/ 2);
  same_keys(json["voice"], schema["properties"]["voice"]);
  same_keys(json["voice"]["silenced"][0], schema["$defs"]["silenced"]);
  same_keys(json["cover"], schema["properties"]["cover"]);
  same_keys(json["source"], schema["properties"]["source"]);
  same_keys(json["tracks"][0], schema["$defs"]["track"]);
  same_keys(json["tracks"][0]["keyframes"][0], schema["$defs"]["keyframe"]);
  same_keys(json["tracks"][0]["keyframes"][0]["box"], schema["$defs"]["box"]);
}

}  // namespace
}  // namespace faceveil
