// The server looks again at what it gives: what it finds is hidden too, or the picture withheld.
#include <gtest/gtest.h>

#include "plan/plan_json.h"
#include "tests/api/documented.h"
#include "tests/api/job_client.h"

namespace faceveil::test {
namespace {

using nlohmann::json;

// A picture with a face, and a plan of it that leaves the face in sight.
struct Leak {
  std::string picture = drawn_picture(StillFormat::png), plan;

  explicit Leak(const ApiServer& server) {
    const auto answer = server.client().Post("/api/v1/plan", form(picture, "me.png"));
    RedactionPlan found = parse_plan(answer->body).value();
    EXPECT_EQ(found.tracks.size(), size_t{drawn_face_count});
    found.tracks.clear();
    plan = format_plan(found);
  }

  httplib::Response apply(const ApiServer& server, Fields fields) const {
    fields.emplace_back("plan", plan);
    const auto answer = server.client().Post("/api/v1/apply", form(picture, "me.png", fields));
    EXPECT_TRUE(answer);
    EXPECT_EQ(undocumented("post", "/api/v1/apply", *answer), "");
    return *answer;
  }
};

TEST(SecondLook, AFaceThatThePlanLeavesIsHiddenToo) {
  const ApiServer server;
  const Leak leak(server);
  const auto answer = leak.apply(server, {});
  ASSERT_EQ(answer.status, 200) << answer.body;
  EXPECT_EQ(answer.get_header_value("FaceVeil-Added"), "1");
  EXPECT_EQ(answer.get_header_value("FaceVeil-Faces"), "1");
  EXPECT_EQ(answer.get_header_value("FaceVeil-Findings"), "0");
  EXPECT_EQ(json::parse(answer.get_header_value("FaceVeil-Checks")),
            (json{{"faces", "clean"},
                  {"second_pictures", "clean"},
                  {"places", "clean"},
                  {"stray_bytes", "clean"},
                  {"locality", "clean"}}));
}

TEST(SecondLook, WhatStaysWithholdsThePictureUnlessItIsAccepted) {
  const ApiServer server;
  const Leak leak(server);
  const auto withheld = leak.apply(server, {{"exact", "true"}});
  ASSERT_EQ(withheld.status, 422);
  const json problem = json::parse(withheld.body);
  EXPECT_EQ(problem["code"], "findings");
  EXPECT_NE(problem["detail"].get<std::string>().find("a face in sight"), std::string::npos);
  EXPECT_EQ(problem["verify"]["clean"], false);
  ASSERT_EQ(problem["verify"]["findings"].size(), 1u);
  EXPECT_EQ(problem["verify"]["findings"][0]["check"], "faces");
  EXPECT_EQ(problem["verify"]["findings"][0]["box"].size(), 4u);

  const auto given = leak.apply(server, {{"exact", "true"}, {"accept_findings", "true"}});
  EXPECT_EQ(given.status, 200);
  EXPECT_EQ(given.get_header_value("FaceVeil-Findings"), "1");
  EXPECT_EQ(given.get_header_value("FaceVeil-Faces"), "0");
}

TEST(SecondLook, TheSentenceIsInTheClientsLanguage) {
  const ApiServer server;
  const Leak leak(server);
  httplib::Client client = server.client();
  client.set_default_headers({{"Accept-Language", "zh-CN"}});
  const auto answer = client.Post(
      "/api/v1/apply", form(leak.picture, "me.png", {{"plan", leak.plan}, {"exact", "true"}}));
  ASSERT_TRUE(answer);
  EXPECT_NE(json::parse(answer->body)["detail"].get<std::string>().find("一张可见的人脸"),
            std::string::npos);
}

TEST(SecondLook, SparedTheBytesAreLookedAtAllTheSame) {
  const ApiServer server;
  const Leak leak(server);
  const auto answer = leak.apply(server, {{"second_look", "none"}});
  ASSERT_EQ(answer.status, 200);
  const json checks = json::parse(answer.get_header_value("FaceVeil-Checks"));
  EXPECT_EQ(checks["faces"], "not_checked");
  EXPECT_EQ(checks["stray_bytes"], "clean");
  EXPECT_EQ(answer.get_header_value("FaceVeil-Faces"), "0");
}

TEST(SecondLook, QuickSearchIsNoSecondLook) {
  const ApiServer server;
  const auto answer = server.client().Post("/api/v1/hide?second_look=quick",
                                           drawn_picture(StillFormat::jpeg), "image/jpeg");
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 400);
  EXPECT_EQ(json::parse(answer->body)["field"], "second_look");
}

TEST(SecondLook, HidingLooksAgainAsTheCommandLineDoes) {
  const ApiServer server;
  const auto answer =
      server.client().Post("/api/v1/hide", form(drawn_picture(StillFormat::jpeg), "a.jpg"));
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 200);
  EXPECT_EQ(undocumented("post", "/api/v1/hide", *answer), "");
  EXPECT_EQ(json::parse(answer->get_header_value("FaceVeil-Checks"))["faces"], "clean");
  EXPECT_EQ(answer->get_header_value("FaceVeil-Findings"), "0");
}

// --- jobs ---

class WithheldReview : public testing::Test {
 protected:
  WithheldReview() : client_(server_.client()) {
    id_ = client_.create({drawn_picture(StillFormat::png)}, {{"review", "true"}});
    client_.wait_for(id_, {"review"});
  }
  json file() { return json::parse(client_.get(file_path, id_).body); }
  json correct(const json& tracks, const std::string& query = "") {
    const auto answer = client_.http().Patch("/api/v1/jobs/" + id_ + "/files/1/plan" + query,
                                             json{{"tracks", tracks}}.dump(), "application/json");
    EXPECT_TRUE(answer);
    EXPECT_EQ(undocumented("patch", file_path + "/plan", *answer), "");
    EXPECT_EQ(answer->status, 200) << answer->body;
    return json::parse(answer->body);
  }

  ApiServer server_;
  JobClient client_;
  std::string id_;
};

TEST_F(WithheldReview, ACorrectionThatLeavesAFaceHasNoResult) {
  EXPECT_FALSE(file()["withheld"]);
  const json corrected = correct(json::array());
  EXPECT_EQ(corrected["state"], "review");
  EXPECT_TRUE(corrected["withheld"]);
  EXPECT_EQ(corrected["findings"][0]["check"], "faces");
  EXPECT_FALSE(corrected["links"].contains("result"));
  const auto result = client_.get(file_path + "/result", id_);
  EXPECT_EQ(result.status, 422);
  EXPECT_EQ(json::parse(result.body)["code"], "findings");
  EXPECT_EQ(client_.get(file_path + "/preview", id_).status, 200);  // To see what was found.
}

TEST_F(WithheldReview, KeepingTheFaceIsADecisionAndNoFinding) {
  json tracks = json::parse(client_.get(file_path + "/plan", id_).body)["tracks"];
  tracks[0]["decision"] = "keep";
  EXPECT_FALSE(correct(tracks)["withheld"]);
  EXPECT_EQ(client_.get(file_path + "/result", id_).status, 200);
}

TEST_F(WithheldReview, APersonMayAcceptWhatWasFound) {
  const json accepted = correct(json::array(), "?accept_findings=true");
  EXPECT_FALSE(accepted["withheld"]);
  EXPECT_EQ(accepted["findings"].size(), 1u);
  EXPECT_EQ(client_.get(file_path + "/result", id_).status, 200);
}

TEST_F(WithheldReview, ClosedItIsWithheldAndNothingOfItIsLeft) {
  correct(json::array());
  EXPECT_EQ(client_.post(file_path + "/close", id_).status, 200);
  const json closed = file();
  EXPECT_EQ(closed["state"], "withheld");
  EXPECT_FALSE(closed["original_kept"]);
  EXPECT_EQ(client_.get(file_path + "/result", id_).status, 422);
  EXPECT_EQ(client_.get(file_path + "/preview", id_).status, 422);
  const json job = json::parse(client_.get(job_path, id_).body);
  EXPECT_EQ(job["state"], "done");
  EXPECT_EQ(job["progress"]["withheld"], 1);
  const json report = json::parse(client_.get(job_path + "/report", id_).body);
  EXPECT_EQ(report["withheld"], 1);
  EXPECT_EQ(report["failed"], 0);
  EXPECT_EQ(report["results"][0]["status"], "withheld");
  EXPECT_EQ(report["results"][0]["verify"]["clean"], false);
  for (const auto& entry : std::filesystem::recursive_directory_iterator(server_.state_folder())) {
    EXPECT_NE(entry.path().parent_path().filename(), "results") << entry.path();
  }
  EXPECT_EQ(client_.get(job_path + "/result.zip", id_).status, 200);  // The report alone.
}

}  // namespace
}  // namespace faceveil::test
