// Reviewing: what a person changes is in the plan, in the output, and in the report.
#include <gtest/gtest.h>

#include "tests/api/job_client.h"

namespace faceveil::test {
namespace {

using nlohmann::json;

json drawn_track(int id) {
  return {{"id", id},
          {"decision", "hide"},
          {"effect", "solid"},
          {"shape", "rectangle"},
          {"grow", 0},
          {"origin", "detector"},  // A lie.
          {"needs_review", false},
          {"note", ""},
          {"keyframes",
           {{{"time_us", 0},
             {"box", {{"x", 8}, {"y", 8}, {"width", 40}, {"height", 40}}},
             {"score", 0.5}}}}};
}

class Review : public testing::Test {
 protected:
  Review() : client_(server_.client()) {
    picture_ = drawn_picture(StillFormat::png);
    id_ = client_.create({picture_}, {{"review", "true"}});
    client_.wait_for(id_, {"review"});
  }
  json plan() { return json::parse(client_.get(file_path + "/plan", id_).body); }
  std::string result() { return client_.get(file_path + "/result", id_).body; }

  ApiServer server_;
  JobClient client_;
  std::string picture_, id_;
};

TEST_F(Review, ACorrectionIsInPlanOutputAndReport) {
  const std::string before = result();
  const json found = plan();
  ASSERT_EQ(found["tracks"].size(), 1u);
  const json change = {{"tracks", {found["tracks"][0], drawn_track(77)}}};
  const auto answer = client_.patch(file_path + "/plan", id_, "1", change.dump());
  ASSERT_EQ(answer.status, 200) << answer.body;
  EXPECT_EQ(json::parse(answer.body)["revision"], 2);
  const json corrected = plan();
  EXPECT_EQ(corrected["tracks"][0], found["tracks"][0]);
  EXPECT_EQ(corrected["tracks"][1]["origin"], "person");
  EXPECT_NE(result(), before);
  const json report = json::parse(client_.get(file_path + "/report", id_).body);
  EXPECT_EQ(report["by_person"], 1);
  EXPECT_EQ(report["regions"][0]["origin"], "detector");
  EXPECT_EQ(report["regions"][1]["origin"], "person");
}

TEST_F(Review, ThePreviewIsTheOutputToTheByteAndChangesNothing) {
  const std::string before = result();
  json change = plan();
  change["tracks"].push_back(drawn_track(5));
  const auto preview = client_.post(file_path + "/preview", id_, "1", change.dump());
  ASSERT_EQ(preview.status, 200) << preview.body;
  EXPECT_EQ(result(), before);
  ASSERT_EQ(client_.patch(file_path + "/plan", id_, "1", change.dump()).status, 200);
  EXPECT_EQ(client_.get(file_path + "/preview", id_).body, preview.body);
}

TEST_F(Review, KeepingAndMovingArePersonsWork) {
  json change = plan();
  change["tracks"][0]["decision"] = "keep";
  ASSERT_EQ(client_.patch(file_path + "/plan", id_, "1", change.dump()).status, 200);
  EXPECT_EQ(plan()["tracks"][0]["origin"], "person");
  EXPECT_EQ(json::parse(client_.get(file_path + "/report", id_).body)["kept"], 1);
  change["tracks"][0]["decision"] = "hide";  // Back: again the detector's.
  ASSERT_EQ(client_.patch(file_path + "/plan", id_, "1", change.dump()).status, 200);
  EXPECT_EQ(plan()["tracks"][0]["origin"], "detector");
  change["tracks"][0]["keyframes"][0]["box"]["x"] = 3;
  ASSERT_EQ(client_.patch(file_path + "/plan", id_, "1", change.dump()).status, 200);
  EXPECT_EQ(plan()["tracks"][0]["origin"], "person");
}

TEST_F(Review, WrongPlansChangeNothing) {
  const std::string before = result();
  json foreign = plan();
  foreign["source"]["sha256"] = std::string(64, 'a');
  EXPECT_EQ(client_.patch(file_path + "/plan", id_, "1", foreign.dump()).status, 409);
  json twice = {{"tracks", {drawn_track(1), drawn_track(1)}}};
  for (const std::string& body : {twice.dump(), std::string("{"), std::string("[]"),
                                  std::string(R"({"tracks":3})"), std::string(1000, '[')}) {
    EXPECT_EQ(client_.patch(file_path + "/plan", id_, "1", body).status, 400) << body;
    EXPECT_EQ(client_.post(file_path + "/preview", id_, "1", body).status, 400) << body;
  }
  EXPECT_EQ(result(), before);
}

TEST_F(Review, TheOriginalIsThereUntilItIsClosed) {
  const auto original = client_.get(file_path + "/original", id_);
  ASSERT_EQ(original.status, 200);
  const auto shown = decode_still(as_bytes(original.body));
  const auto sent = decode_still(as_bytes(picture_));
  ASSERT_TRUE(shown && sent);
  EXPECT_EQ(shown->image.size(), sent->image.size());
  const auto closed = client_.post(file_path + "/close", id_);
  EXPECT_EQ(json::parse(closed.body)["original_kept"], false);
  EXPECT_EQ(client_.job(id_)["state"], "done");
  EXPECT_EQ(client_.get(file_path + "/original", id_).status, 409);
  EXPECT_EQ(client_.patch(file_path + "/plan", id_, "1", plan().dump()).status, 409);
  EXPECT_EQ(client_.get(file_path + "/result", id_).status, 200);
  const json trust = json::parse(client_.http().Get("/api/v1/trust")->body);
  EXPECT_EQ(trust["originals_in_memory"], 0);
  EXPECT_EQ(trust["originals_bytes"], 0);
}

TEST(ReviewTime, AReviewThatNobodyTouchesEnds) {
  using namespace std::chrono_literals;
  ApiServer server(
      {.jobs = {
           .worker_count = 1, .review_max = 1s, .originals_bytes_max = limits::input_bytes_max}});
  JobClient client(server.client());
  const std::string id = client.create({drawn_picture(StillFormat::jpeg)}, {{"review", "true"}});
  EXPECT_EQ(client.wait_for(id, {"done"})["files"][0]["original_kept"], false);
}

}  // namespace
}  // namespace faceveil::test
