// Films as jobs: sent, looked at, corrected by a person, hidden, and gone.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>

#include "plan/plan_json.h"
#include "tests/api/documented.h"
#include "tests/api/film_files.h"
#include "tests/api/job_client.h"

namespace faceveil::test {
namespace {

using nlohmann::json;

float covered_share(const Rect& face, const Rect& box) {
  const float across = std::min(face.right(), box.right()) - std::max(face.x, box.x);
  const float down = std::min(face.bottom(), box.bottom()) - std::max(face.y, box.y);
  return std::max(0.0f, across) * std::max(0.0f, down) / face.area();
}

class FilmJobs : public testing::Test {
 protected:
  FilmJobs() : client_(server_.client()) {}

  httplib::Response send(const std::string& query, const std::string& body = short_film_bytes()) {
    const auto answer = client_.http().Post("/api/v1/jobs?" + query, body, "video/mp4");
    EXPECT_TRUE(answer);
    return answer ? *answer : httplib::Response();
  }
  std::string start(const std::string& query) {
    const auto answer = send("name=walk.mp4&" + query);
    EXPECT_EQ(answer.status, 202) << answer.body;
    return json::parse(answer.body)["id"];
  }
  json plan(const std::string& id) { return json::parse(client_.get(job_path + "/plan", id).body); }
  httplib::Response get(const std::string& id, const std::string& what) {
    const auto answer = client_.http().Get("/api/v1/jobs/" + id + "/" + what);
    EXPECT_TRUE(answer) << what;
    return answer ? *answer : httplib::Response();
  }

  // Files of ours, whatever they hold.
  std::vector<std::string> files_left() const {
    std::vector<std::string> names;
    for (const auto& entry :
         std::filesystem::recursive_directory_iterator(server_.state_folder())) {
      const std::string name = entry.path().filename();
      const bool is_record = name == "lock" || name.find("sqlite") != std::string::npos;
      if (entry.is_regular_file() && !is_record) names.push_back(name);
    }
    return names;
  }

  ApiServer server_;
  JobClient client_;
};

TEST_F(FilmJobs, AFilmIsHiddenInEveryPictureAndTheOriginalIsGone) {
  const std::string id = start("voice=mute");
  const json job = client_.wait_for(id, {"done", "failed"});
  ASSERT_EQ(job["state"], "done") << job;
  EXPECT_EQ(job["frames"], short_film().picture_count);
  EXPECT_FALSE(job["original_kept"].get<bool>());
  const RedactionPlan made = parse_plan(plan(id).dump()).value();
  const int64_t picture_us = job["last_us"].get<int64_t>() / (short_film().picture_count - 1);
  for (int i = 0; i < short_film().picture_count; ++i) {
    const auto regions = regions_at(made, {picture_us * i});
    EXPECT_TRUE(std::ranges::any_of(regions, [&](const Region& region) {
      return covered_share(drawn_face(short_film(), i), region.box) > 0.95f;
    })) << i;
  }
  const auto result = client_.get(job_path + "/result", id);
  EXPECT_EQ(result.status, 200);
  EXPECT_EQ(result.body.size(), job["result_bytes"].get<size_t>());
  EXPECT_NE(result.body, short_film_bytes());
  const json report = json::parse(client_.get(job_path + "/report", id).body);
  EXPECT_EQ(report["status"], "hidden");
  EXPECT_EQ(report["film"]["frames"], short_film().picture_count);
  EXPECT_EQ(report["verify"]["clean"], true) << report["verify"];
  EXPECT_EQ(report["verify"]["checks"][0]["outcome"], "clean");
  EXPECT_EQ(job["findings"], 0);
  EXPECT_EQ(client_.get(job_path + "/frames", id).status, 409);
  EXPECT_EQ(files_left().size(), 1u);  // The hidden film.
  EXPECT_EQ(client_.erase(id).status, 204);
  EXPECT_EQ(client_.get(job_path, id).status, 404);
  EXPECT_TRUE(files_left().empty()) << files_left().front();
}

// At the threshold 1 the first look sees nobody.
TEST_F(FilmJobs, WhatLookingAgainFindsIsHiddenToo) {
  const std::string id = start("threshold=1&" + quick_search);
  const json job = client_.wait_for(id, {"done", "failed"});
  ASSERT_EQ(job["state"], "done") << job;
  EXPECT_GE(job["tracks"], 1);
  EXPECT_EQ(job["result_revision"], 2);
  const json report = json::parse(client_.get(job_path + "/report", id).body);
  EXPECT_EQ(report["verify"]["clean"], true) << report["verify"];
  EXPECT_GT(report["film"]["frames_hidden_in"], 0);
}

TEST_F(FilmJobs, NobodyLooksAgainWhereThatIsAskedFor) {
  const std::string id = start("threshold=1&second_look=none&" + quick_search);
  const json job = client_.wait_for(id, {"done", "failed"});
  ASSERT_EQ(job["state"], "done") << job;
  EXPECT_EQ(job["tracks"], 0);
  const json report = json::parse(client_.get(job_path + "/report", id).body);
  EXPECT_EQ(report["verify"]["checks"][0]["outcome"], "not_checked");
}

TEST_F(FilmJobs, ACorrectionIsInPlanPictureOutputAndReport) {
  const std::string id = start("review=true&" + quick_search);
  client_.wait_for(id, {"review"});
  const auto before = client_.get(job_path + "/frames", id);
  ASSERT_EQ(before.status, 200) << before.body;
  json change = plan(id);
  ASSERT_GE(change["tracks"].size(), 1u);
  change["tracks"] = json::array({change["tracks"][0]});
  change["tracks"][0]["decision"] = "keep";
  ASSERT_EQ(client_.patch(job_path + "/plan", id, "1", change.dump()).status, 200);
  EXPECT_EQ(plan(id)["tracks"][0]["origin"], "person");
  const auto after = client_.get(job_path + "/frames", id);
  EXPECT_NE(after.body, before.body);
  EXPECT_EQ(after.body, client_.get(job_path + "/original", id).body);
  ASSERT_EQ(client_.post(job_path + "/apply", id).status, 202);
  const json job = client_.wait_for(id, {"review"});
  EXPECT_EQ(job["result_revision"], job["revision"]);
  const json report = json::parse(client_.get(job_path + "/report", id).body);
  EXPECT_EQ(report["kept"], 1);
  EXPECT_EQ(report["regions"][0]["origin"], "person");
  EXPECT_EQ(json::parse(client_.post(job_path + "/close", id).body)["state"], "done");
  EXPECT_EQ(client_.patch(job_path + "/plan", id, "1", change.dump()).status, 409);
}

TEST_F(FilmJobs, PicturesAreThoseOfTheirMomentInWhateverOrderTheyAreAskedFor) {
  const std::string id = start("review=true&" + quick_search);
  client_.wait_for(id, {"review"});
  std::vector<std::string> pictures, moments;
  std::string at = "0";
  for (int i = 0; i < short_film().picture_count; ++i) {
    const auto answer = get(id, "original?time_us=" + at);
    ASSERT_EQ(answer.status, 200);
    EXPECT_EQ(answer.get_header_value("FaceVeil-Time"), at);
    pictures.push_back(answer.body);
    moments.push_back(at);
    at = answer.get_header_value("FaceVeil-Next");
  }
  EXPECT_EQ(std::set(pictures.begin(), pictures.end()).size(), pictures.size());
  for (const size_t i : {17u, 3u, 19u, 0u, 11u, 10u, 12u}) {
    EXPECT_EQ(get(id, "original?time_us=" + moments[i]).body, pictures[i]) << i;
  }
  EXPECT_EQ(get(id, "original?step=-1&time_us=" + moments[5]).body, pictures[4]);
  EXPECT_EQ(get(id, "original?step=2").status, 400);
}

TEST_F(FilmJobs, AFaceInTheListIsHiddenEvenWhereItIsKept) {
  const std::string id = start("review=true&" + quick_search);
  client_.wait_for(id, {"review"});
  json change = plan(id);
  const std::string face =
      "tracks/" + std::to_string(change["tracks"][0]["id"].get<int>()) + "/face";
  const auto hidden = get(id, face);
  ASSERT_EQ(hidden.status, 200);
  for (json& track : change["tracks"]) track["decision"] = "keep";
  ASSERT_EQ(client_.patch(job_path + "/plan", id, "1", change.dump()).status, 200);
  EXPECT_EQ(get(id, face).body, hidden.body);
  EXPECT_EQ(get(id, "tracks/999/face").status, 404);
}

TEST_F(FilmJobs, ABoxByHandIsFollowedOverTheWholeWay) {
  const std::string id = start("review=true&" + quick_search);
  client_.wait_for(id, {"review"});
  const Rect face = drawn_face(short_film(), 10);
  const json box = {{"x", face.x}, {"y", face.y}, {"width", face.width}, {"height", face.height}};
  const auto answer =
      client_.post(job_path + "/follow", id, "1", json{{"time_us", 400'000}, {"box", box}}.dump());
  ASSERT_EQ(answer.status, 200) << answer.body;
  const json followed = json::parse(answer.body);
  ASSERT_EQ(followed["keyframes"].size(), static_cast<size_t>(short_film().picture_count));
  for (int i = 0; i < short_film().picture_count; ++i) {
    const json& at = followed["keyframes"][static_cast<size_t>(i)]["box"];
    const Rect there = {at["x"], at["y"], at["width"], at["height"]};
    EXPECT_GT(intersection_over_union(there, drawn_face(short_film(), i)), 0.6f) << i;
  }
  EXPECT_EQ(client_.post(job_path + "/follow", id, "1", "{}").status, 400);
}

TEST_F(FilmJobs, WhatIsNoFilmIsRefused) {
  EXPECT_EQ(send("name=a.mp4", "no film at all").status, 415);
  EXPECT_EQ(send("name=a.mp4", drawn_picture(StillFormat::jpeg)).status, 415);
  EXPECT_EQ(send("voice=whisper").status, 400);
  EXPECT_EQ(send("mute=0:05-0:03").status, 400);
  EXPECT_EQ(send("review=perhaps").status, 400);
  EXPECT_EQ(send("effect=image").status, 400);
  EXPECT_EQ(send("effect=image&cover=none").status, 400);
  EXPECT_EQ(send("cover=none").status, 400);
  EXPECT_EQ(send("webhook=http://127.0.0.1:9/").status, 400);
  EXPECT_EQ(send("detect_every=0").status, 400);
  EXPECT_EQ(send("colour=red").status, 400);
  EXPECT_TRUE(files_left().empty());
}

TEST_F(FilmJobs, DeletedWhileItIsWorkedOnNothingIsLeft) {
  const std::string id = start("search=thorough");
  EXPECT_EQ(client_.erase(id).status, 204);
  EXPECT_EQ(client_.get(job_path, id).status, 404);
  const std::string cancelled = start("search=thorough");
  client_.post(job_path + "/cancel", cancelled);
  EXPECT_EQ(client_.wait_for(cancelled, {"cancelled"})["original_kept"], false);
  EXPECT_TRUE(files_left().empty());
}

TEST(FilmLimit, AFilmAboveItIsRefusedAndPicturesAreNotMeantByIt) {
  ApiServerOptions options;
  options.body_bytes_max = 1000;
  options.film_bytes_max = static_cast<int64_t>(short_film_bytes().size()) - 1;
  const ApiServer server(options);
  auto client = server.client();
  const auto refused = client.Post("/api/v1/jobs", short_film_bytes(), "video/mp4");
  ASSERT_TRUE(refused);
  EXPECT_EQ(undocumented("post", "/api/v1/jobs", *refused), "");
  EXPECT_EQ(refused->status, 413);
  EXPECT_NE(refused->body.find("larger than the limit of"), std::string::npos) << refused->body;
  options.film_bytes_max += 1;
  const ApiServer roomy(options);
  auto other = roomy.client();
  EXPECT_EQ(other.Post("/api/v1/jobs", short_film_bytes(), "video/mp4")->status, 202);
}

}  // namespace
}  // namespace faceveil::test
