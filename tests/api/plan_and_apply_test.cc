// A review over HTTP: a plan, corrected by a person, applied to its picture.
#include <gtest/gtest.h>

#include "plan/plan_json.h"
#include "tests/api/api_server.h"
#include "tests/api/documented.h"

namespace faceveil::test {
namespace {

using nlohmann::json;

std::string plan_of(const ApiServer& server, const std::string& picture) {
  const auto answer = server.client().Post("/api/v1/plan", form(picture, "me.png"));
  EXPECT_TRUE(answer);
  EXPECT_EQ(answer->status, 200) << answer->body;
  EXPECT_EQ(undocumented("post", "/api/v1/plan", *answer), "");
  return answer->body;
}

TEST(PlanAndApply, APlanAppliedUnchangedGivesWhatHidingGives) {
  const ApiServer server;
  for (const StillFormat format : {StillFormat::png, StillFormat::jpeg}) {
    const std::string picture = drawn_picture(format);
    const std::string plan = plan_of(server, picture);
    const auto applied =
        server.client().Post("/api/v1/apply", form(picture, "me.png", {{"plan", plan}}));
    const auto hidden = server.client().Post("/api/v1/hide", form(picture, "me.png"));
    ASSERT_TRUE(applied && hidden);
    ASSERT_EQ(applied->status, 200) << applied->body;
    EXPECT_EQ(undocumented("post", "/api/v1/apply", *applied), "");
    EXPECT_EQ(applied->body, hidden->body);
    EXPECT_EQ(applied->get_header_value("FaceVeil-Faces"), std::to_string(drawn_face_count));
    EXPECT_TRUE(json::parse(applied->get_header_value("FaceVeil-Notes")).is_array());
  }
}

TEST(PlanAndApply, WhatAPersonKeepsStaysAndWhatAPersonDrawsIsHidden) {
  const ApiServer server;
  const std::string picture = drawn_picture(StillFormat::png);
  RedactionPlan plan = parse_plan(plan_of(server, picture)).value();
  ASSERT_EQ(plan.tracks.size(), 1u);
  plan.tracks[0].decision = Decision::keep;
  plan.tracks[0].origin = Origin::person;
  const auto apply = [&] {
    return server.client().Post("/api/v1/apply",
                                form(picture, "me.png", {{"plan", format_plan(plan)}}));
  };
  const auto kept = apply();
  ASSERT_TRUE(kept);
  EXPECT_EQ(kept->get_header_value("FaceVeil-Faces"), "0");
  EXPECT_EQ(kept->get_header_value("FaceVeil-Unchanged"), "true");
  Track drawn = plan.tracks[0];
  drawn.id += 1;
  drawn.decision = Decision::hide;
  drawn.keyframes[0].box = {4, 4, 40, 30};
  plan.tracks.push_back(drawn);
  const auto hidden = apply();
  ASSERT_TRUE(hidden);
  EXPECT_EQ(hidden->get_header_value("FaceVeil-Faces"), "1");
  EXPECT_NE(hidden->body, kept->body);
}

TEST(PlanAndApply, APlanOfAnotherPictureIsRefused) {
  const ApiServer server;
  const std::string plan = plan_of(server, drawn_picture(StillFormat::png));
  const auto answer = server.client().Post(
      "/api/v1/apply", form(drawn_picture(StillFormat::jpeg), "me.jpg", {{"plan", plan}}));
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 409);
  EXPECT_EQ(undocumented("post", "/api/v1/apply", *answer), "");
}

TEST(PlanAndApply, AMissingOrBrokenPlanIsTheRequestsFault) {
  const ApiServer server;
  const std::string picture = drawn_picture(StillFormat::png);
  for (const Fields& fields : {Fields{}, Fields{{"plan", "{"}}, Fields{{"plan", "{\"version\":9}"}},
                               Fields{{"plan", "{}"}, {"effect", "veil"}}}) {
    const auto answer = server.client().Post("/api/v1/apply", form(picture, "me.png", fields));
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, 400) << answer->body;
    EXPECT_EQ(undocumented("post", "/api/v1/apply", *answer), "");
  }
}

TEST(PlanAndApply, SaysWhatStandsBesideThePicture) {
  const ApiServer server;
  std::string picture = drawn_picture(StillFormat::png);
  picture += "left behind";
  const auto answer = server.client().Post("/api/v1/metadata", form(picture, "me.png"));
  ASSERT_TRUE(answer);
  ASSERT_EQ(answer->status, 200) << answer->body;
  EXPECT_EQ(undocumented("post", "/api/v1/metadata", *answer), "");
  const json findings = json::parse(answer->body)["findings"];
  ASSERT_FALSE(findings.empty());
  EXPECT_EQ(findings.back()["fate"], "dropped");
}

}  // namespace
}  // namespace faceveil::test
