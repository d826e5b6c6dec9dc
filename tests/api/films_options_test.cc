// What can be asked for with a film: its sound, a picture over faces, somebody to be told. And the
// voices of sound files, which are no jobs.
#include <gtest/gtest.h>

#include <atomic>
#include <cstring>
#include <thread>

#include "tests/api/documented.h"
#include "tests/api/film_files.h"
#include "tests/api/job_client.h"

namespace faceveil::test {
namespace {

using nlohmann::json;

class FilmOptions : public testing::Test {
 protected:
  FilmOptions() : client_(server_.client()) {}

  std::string start(const std::string& query, const std::string& film = short_film_bytes()) {
    const auto answer =
        client_.http().Post("/api/v1/jobs?name=walk.mp4&" + quickest + query, film, "video/mp4");
    EXPECT_TRUE(answer && answer->status == 202) << (answer ? answer->body : "");
    return answer ? json::parse(answer->body).value("id", "") : "";
  }
  json plan(const std::string& id) { return json::parse(client_.get(job_path + "/plan", id).body); }
  json report(const std::string& id) {
    return json::parse(client_.get(job_path + "/report", id).body);
  }

  ApiServer server_;
  JobClient client_;
};

TEST_F(FilmOptions, TheSoundIsPartOfThePlanAndAPersonMayChangeIt) {
  const std::string id = start("&review=after&voice=robot&bleep=0:00.5-0:00.6&mute=0.1-0.2");
  ASSERT_EQ(client_.wait_for(id, {"review", "failed"})["state"], "review");
  const json made = plan(id);
  EXPECT_EQ(made["voice"]["mode"], "robot");
  ASSERT_EQ(made["voice"]["silenced"].size(), 2u);
  EXPECT_EQ(report(id)["film"]["voice"], "robot");
  EXPECT_NE(report(id)["film"]["voice_claim"].get<std::string>().find("no protection"),
            std::string::npos);
  EXPECT_EQ(report(id)["film"]["stretches_silenced"], 2);
  const json wanted = {{"mode", "mute"}, {"silenced", json::array()}};
  ASSERT_EQ(client_.patch(job_path + "/plan", id, "1", json{{"voice", wanted}}.dump()).status, 200);
  EXPECT_EQ(plan(id)["tracks"], made["tracks"]);
  ASSERT_EQ(client_.post(job_path + "/apply", id).status, 202);
  const json job = client_.wait_for(id, {"review"});
  EXPECT_EQ(job["result_revision"], job["revision"]);
  EXPECT_EQ(report(id)["film"]["voice"], "mute");
}

// The coded slices of a picture: what is behind the last start code of a packet. One a picture.
std::string slice_of(const std::vector<uint8_t>& coded) {
  const std::string text(coded.begin(), coded.end());
  const size_t at = text.rfind(std::string("\0\0\1", 3));
  return at == std::string::npos ? text : text.substr(at + 3);
}

// The short film, and the coded slices of its pictures in the order of the file.
struct WithSlices {
  std::string film;
  std::vector<std::string> slices;
};

WithSlices film_with_slices() {
  WithSlices made;
  made.film = bytes_of_film(short_film(), [&](int, std::vector<uint8_t>& coded) {
    made.slices.push_back(slice_of(coded));
    return true;
  });
  return made;
}

// A face that is hidden for a moment only leaves three groups of pictures in which nothing is.
TEST_F(FilmOptions, GroupsInWhichNothingIsHiddenAreCopiedBitForBit) {
  const WithSlices sent = film_with_slices();
  const std::string id = start("&review=after&copy_clean=true", sent.film);
  json job = client_.wait_for(id, {"review", "failed"});
  ASSERT_EQ(job["state"], "review") << job;
  EXPECT_EQ(job["frames_copied"], 0);  // The face is in every picture.
  EXPECT_EQ(job["notes"], json({"Nothing could be copied as it was coded: all is encoded again."}));

  json track = plan(id)["tracks"][0];
  const json box = track["keyframes"][0]["box"];
  track["keyframes"] = {{{"time_us", 240'000}, {"box", box}, {"score", 1}},
                        {{"time_us", 320'000}, {"box", box}, {"score", 1}}};
  const json change = {{"tracks", {track}}};
  ASSERT_EQ(client_.patch(job_path + "/plan", id, "1", change.dump()).status, 200);
  ASSERT_EQ(client_.post(job_path + "/apply", id).status, 202);
  job = client_.wait_for(id, {"review"});
  const int group = short_film().keyframe_every;
  EXPECT_EQ(job["frames_copied"], short_film().picture_count - group) << job;
  EXPECT_EQ(job["notes"], json::array());
  EXPECT_EQ(report(id)["film"]["frames_copied"], job["frames_copied"]);
  EXPECT_EQ(report(id)["film"]["frames_hidden_in"], 3);

  const std::string result = client_.get(job_path + "/result", id).body;
  ASSERT_EQ(sent.slices.size(), static_cast<size_t>(short_film().picture_count));
  for (int i = 0; i < short_film().picture_count; ++i) {
    const std::string& slice = sent.slices[static_cast<size_t>(i)];
    ASSERT_GT(slice.size(), 8u);
    ASSERT_NE(sent.film.find(slice), std::string::npos) << i;
    EXPECT_EQ(result.find(slice) != std::string::npos, i / group != 1) << i;
  }
}

TEST_F(FilmOptions, NothingIsCopiedUnlessThatIsAskedFor) {
  const std::string id = start("&threshold=1");  // Where nobody is seen, all could be.
  const json job = client_.wait_for(id, {"done", "failed"});
  EXPECT_EQ(job["tracks"], 0) << job;
  EXPECT_EQ(job["frames_copied"], 0);
  const std::string copied = start("&threshold=1&copy_clean=true");
  EXPECT_EQ(client_.wait_for(copied, {"done", "failed"})["frames_copied"],
            short_film().picture_count);
}

TEST_F(FilmOptions, AFilmIsHiddenFirstAndReviewedAfterwards) {
  const std::string id = start("&review=after");
  const json job = client_.wait_for(id, {"review", "failed"});
  EXPECT_TRUE(job["links"].contains("result"));
  EXPECT_TRUE(job["original_kept"].get<bool>());
  EXPECT_EQ(client_.get(job_path + "/frames", id).status, 200);
  EXPECT_EQ(json::parse(client_.post(job_path + "/close", id).body)["state"], "done");
}

TEST_F(FilmOptions, APictureIsLaidOverFaces) {
  const auto taken =
      client_.http().Post("/api/v1/covers", form(drawn_picture(StillFormat::png), "c.png"));
  ASSERT_TRUE(taken);
  EXPECT_EQ(undocumented("post", "/api/v1/covers", *taken), "");
  ASSERT_EQ(taken->status, 201) << taken->body;
  const std::string cover = json::parse(taken->body)["id"];
  const std::string id = start("&review=after&effect=image&cover=" + cover);
  ASSERT_EQ(client_.wait_for(id, {"review", "failed"})["state"], "review");
  EXPECT_EQ(plan(id)["cover"]["name"], "c.png");
  EXPECT_EQ(plan(id)["tracks"][0]["effect"], "image");
  json veiled = plan(id);
  const std::string laid_over = client_.get(job_path + "/frames", id).body;
  for (json& track : veiled["tracks"]) track["effect"] = "veil";
  ASSERT_EQ(client_.patch(job_path + "/plan", id, "1", veiled.dump()).status, 200);
  EXPECT_NE(client_.get(job_path + "/frames", id).body, laid_over);
  const auto face = client_.http().Get("/api/v1/jobs/" + id + "/tracks/1/face");
  EXPECT_EQ(face->status, 200) << face->body;
  EXPECT_EQ(client_.http().Post("/api/v1/covers", "no picture", "image/png")->status, 415);
}

TEST(FilmWebhook, IsToldWhatIsDone) {
  httplib::Server listener;
  std::atomic<int> calls = 0;
  std::string told;
  listener.Post("/done", [&](const httplib::Request& request, httplib::Response&) {
    told = request.body;
    ++calls;
  });
  const int port = listener.bind_to_any_port("127.0.0.1");
  std::thread thread([&] { listener.listen_after_bind(); });
  const std::string address = "127.0.0.1:" + std::to_string(port);
  {
    ApiServer server({.webhooks = {address}});
    JobClient client(server.client());
    const auto answer =
        client.http().Post("/api/v1/jobs?webhook=http://" + address + "/done&" + quickest,
                           short_film_bytes(), "video/mp4");
    ASSERT_TRUE(answer && answer->status == 202);
    const std::string id = json::parse(answer->body)["id"];
    client.wait_for(id, {"done"});
    for (int i = 0; i < 500 && calls == 0; ++i) {
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    const json job = json::parse(told, nullptr, false);
    EXPECT_EQ(job.value("id", ""), id);
    EXPECT_EQ(job.value("state", ""), "done");
  }
  EXPECT_EQ(calls, 1);
  listener.stop();
  thread.join();
}

// --- sound files ---

// A second of noise, 16 bits, one channel.
std::string wav() {
  constexpr uint32_t rate = 16'000, data_bytes = 2 * rate;
  const auto number = [](uint32_t value, size_t size) {
    return std::string(reinterpret_cast<const char*>(&value), size);
  };
  std::string file = "RIFF" + number(36 + data_bytes, 4) + "WAVEfmt " + number(16, 4) +
                     number(1, 2) + number(1, 2) + number(rate, 4) + number(2 * rate, 4) +
                     number(2, 2) + number(16, 2) + "data" + number(data_bytes, 4);
  uint32_t state = 1;
  for (uint32_t i = 0; i < rate; ++i) {
    state = state * 1'664'525 + 1'013'904'223;
    file += number(state >> 16, 2);
  }
  return file;
}

// Samples from one to another that are not zero.
size_t sounding(const std::string& file, size_t from, size_t to) {
  size_t count = 0;
  for (size_t i = from; i < to; ++i) {
    int16_t sample = 0;
    std::memcpy(&sample, file.data() + file.size() - 2 * (16'000 - i), sizeof sample);
    count += sample != 0;
  }
  return count;
}

class Voices : public testing::Test {
 protected:
  httplib::Response send(const std::string& query, const std::string& body) {
    const auto answer = server_.client().Post("/api/v1/voice?" + query, body, "audio/wav");
    EXPECT_TRUE(answer);
    if (!answer) return {};
    EXPECT_EQ(undocumented("post", "/api/v1/voice", *answer), "") << answer->body;
    return *answer;
  }
  ApiServer server_;
};

TEST_F(Voices, OfASoundFileAreChangedAndStretchesSilenced) {
  const std::string original = wav();
  const auto muted = send("voice=mute&name=talk.wav", original);
  ASSERT_EQ(muted.status, 200) << muted.body;
  EXPECT_EQ(muted.get_header_value("Content-Disposition"),
            "attachment; filename=\"talk-hidden.wav\"");
  EXPECT_EQ(sounding(muted.body, 0, 16'000), 0u);
  const auto robot = send("voice=robot&mute=0.25-0.5", original);
  ASSERT_EQ(robot.status, 200) << robot.body;
  EXPECT_EQ(robot.get_header_value("FaceVeil-Voice"), "robot");
  EXPECT_NE(robot.get_header_value("FaceVeil-Notes").find("no protection"), std::string::npos);
  EXPECT_EQ(sounding(robot.body, 4'000, 8'000), 0u);
  EXPECT_GT(sounding(robot.body, 0, 4'000), 3'000u);
  EXPECT_NE(robot.body, original);
}

TEST_F(Voices, NothingIsGuessed) {
  EXPECT_EQ(send("", wav()).status, 400);
  EXPECT_EQ(send("voice=loud", wav()).status, 400);
  EXPECT_EQ(send("voice=mute&effect=veil", wav()).status, 400);
  EXPECT_EQ(send("voice=mute", drawn_picture(StillFormat::jpeg)).status, 415);
  EXPECT_EQ(send("voice=mute", wav().substr(0, 1000)).status, 422);
}

}  // namespace
}  // namespace faceveil::test
