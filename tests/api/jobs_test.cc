// Jobs: taken, worked on, told about, fetched.
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <atomic>
#include <thread>

#include "tests/api/documented.h"
#include "tests/api/job_client.h"

namespace faceveil::test {
namespace {

using nlohmann::json;

TEST(Jobs, ABatchIsHiddenAsTheSynchronousRouteDoesIt) {
  ApiServer server;
  JobClient client(server.client());
  const std::vector<std::string> pictures = {drawn_picture(StillFormat::jpeg),
                                             drawn_picture(StillFormat::png),
                                             empty_picture(StillFormat::jpeg)};
  const std::string id = client.create(pictures);
  const json job = client.wait_for(id, {"done"});
  EXPECT_EQ(job["progress"]["done"], 3);
  EXPECT_TRUE(job.contains("expires"));
  for (size_t i = 0; i < pictures.size(); ++i) {
    const std::string file = std::to_string(i + 1);
    const auto directly = client.http().Post("/api/v1/hide", form(pictures[i], file + ".jpg"));
    ASSERT_TRUE(directly);
    const auto result = client.get(file_path + "/result", id, file);
    EXPECT_EQ(result.status, 200);
    EXPECT_EQ(result.body, directly->body);
    EXPECT_EQ(result.get_header_value("Content-Disposition"),
              directly->get_header_value("Content-Disposition"));
    EXPECT_EQ(job["files"][i]["state"], "done");
    EXPECT_FALSE(job["files"][i]["original_kept"]);
    for (const char* what : {"", "/plan", "/report", "/preview"}) {
      EXPECT_EQ(client.get(file_path + what, id, file).status, 200) << what;
    }
    EXPECT_EQ(client.get(file_path + "/original", id, file).status, 409);
  }
  EXPECT_EQ(client.get(job_path + "/report", id).status, 200);
}

TEST(Jobs, AFailedFileSaysWhyAndHoldsUpNoOther) {
  ApiServer server;
  JobClient client(server.client());
  const std::string id = client.create({"no picture", drawn_picture(StillFormat::jpeg)});
  const json job = client.wait_for(id, {"done"});
  EXPECT_EQ(job["progress"]["failed"], 1);
  EXPECT_EQ(job["files"][0]["state"], "failed");
  EXPECT_NE(job["files"][0]["error"].get<std::string>(), "");
  EXPECT_EQ(job["files"][1]["state"], "done");
  EXPECT_EQ(client.get(file_path + "/result", id, "1").status, 409);
  EXPECT_EQ(json::parse(client.get(job_path + "/report", id).body)["failed"], 1);
}

TEST(Jobs, MoreFilesMayFollow) {
  ApiServer server;
  JobClient client(server.client());
  const std::string id = client.create({drawn_picture(StillFormat::jpeg)}, {{"effect", "solid"}});
  client.wait_for(id, {"done"});
  const auto more = client.http().Post("/api/v1/jobs/" + id + "/files",
                                       batch({drawn_picture(StillFormat::jpeg)}));
  ASSERT_TRUE(more);
  EXPECT_EQ(undocumented("post", job_path + "/files", *more), "");
  EXPECT_EQ(more->status, 202);
  client.wait_for(id, {"done"});
  const auto first = client.get(file_path + "/result", id, "1");
  EXPECT_EQ(first.body, client.get(file_path + "/result", id, "2").body);  // The same options.
  const auto foreign =
      client.http().Post("/api/v1/jobs/" + id + "/files",
                         batch({drawn_picture(StillFormat::jpeg)}, {{"effect", "veil"}}));
  ASSERT_TRUE(foreign);
  EXPECT_EQ(foreign->status, 400);
}

TEST(Jobs, EventsTellTheJobToItsEnd) {
  ApiServer server;
  JobClient client(server.client());
  const std::string id =
      client.create({drawn_picture(StillFormat::jpeg), drawn_picture(StillFormat::jpeg)});
  const auto events = client.get(job_path + "/events", id);
  ASSERT_EQ(events.status, 200);
  EXPECT_EQ(events.body.rfind("event: job\n", 0), 0u);
  const size_t end = events.body.rfind("event: end\ndata: ");
  ASSERT_NE(end, std::string::npos);
  const std::string data = events.body.substr(end + 17);
  const json last = json::parse(data.substr(0, data.find('\n')));
  EXPECT_EQ(schema_violation(last, document()["components"]["schemas"]["Job"]), "");
  EXPECT_EQ(last["progress"]["done"], 2);
}

TEST(Jobs, EventsEndWhenTheServerStops) {
  auto server = std::make_unique<ApiServer>();
  JobClient client(server->client());
  const std::string id = client.create({drawn_picture(StillFormat::jpeg)}, {{"review", "true"}});
  client.post(job_path + "/pause", id);
  const auto added = client.http().Post("/api/v1/jobs/" + id + "/files",
                                        batch({drawn_picture(StillFormat::jpeg)}));
  ASSERT_TRUE(added);
  std::atomic<bool> listening = false;
  httplib::Client listener = server->client();
  std::thread thread([&] {
    listener.Get("/api/v1/jobs/" + id + "/events", [&](const char*, size_t) {
      listening = true;
      return true;
    });
  });
  while (!listening) std::this_thread::yield();
  const auto start = std::chrono::steady_clock::now();
  server.reset();
  thread.join();
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(5));
}

TEST(Jobs, PausedNothingIsBegunAndCancelledNothingIsLeft) {
  ApiServer server({.jobs = {.worker_count = 1, .originals_bytes_max = limits::input_bytes_max}});
  JobClient client(server.client());
  const std::vector<std::string> pictures(6, drawn_picture(StillFormat::jpeg, 1280));
  const std::string id = client.create(pictures);
  EXPECT_EQ(client.post(job_path + "/pause", id).status, 200);
  EXPECT_EQ(client.job(id)["state"], "paused");
  EXPECT_EQ(client.get(job_path + "/result.zip", id).status, 409);
  EXPECT_EQ(client.post(job_path + "/resume", id).status, 200);
  EXPECT_EQ(client.post(job_path + "/cancel", id).status, 200);
  const json job = client.wait_for(id, {"cancelled"});
  for (const json& file : job["files"]) EXPECT_FALSE(file["original_kept"]);
  EXPECT_EQ(job["files"][5]["state"], "cancelled");
}

TEST(Jobs, AFullQueueSaysWhenToComeBack) {
  ApiServer server({.jobs = {.worker_count = 1, .files_max = 2, .originals_bytes_max = 1 << 20}});
  JobClient client(server.client());
  const std::string picture = drawn_picture(StillFormat::jpeg);
  client.create({picture, picture});
  const auto refused = client.http().Post("/api/v1/jobs", batch({picture}));
  ASSERT_TRUE(refused);
  EXPECT_EQ(refused->status, 429);
  EXPECT_EQ(undocumented("post", "/api/v1/jobs", *refused), "");
  const auto too_many_bytes =
      client.http().Post("/api/v1/jobs", batch({std::string(2 << 20, 'x')}));
  ASSERT_TRUE(too_many_bytes);
  EXPECT_EQ(too_many_bytes->status, 429);
}

TEST(Jobs, NobodyFindsWhatIsNotThere) {
  ApiServer server;
  JobClient client(server.client());
  const std::string id = client.create({drawn_picture(StillFormat::jpeg)});
  for (const std::string what : {"", "/report", "/events", "/result.zip"}) {
    EXPECT_EQ(client.get(job_path + what, "AAAAAAAAAAAAAAAAAAAAAA").status, 404) << what;
  }
  for (const std::string file : {"0", "2", "-1", "x", "99999999999999999999"}) {
    EXPECT_EQ(client.get(file_path, id, file).status, 404) << file;
    EXPECT_EQ(client.get(file_path + "/original", id, file).status, 404) << file;
  }
  EXPECT_EQ(client.erase("..").status, 404);
  EXPECT_EQ(client.post(job_path + "/close", "nobody").status, 404);
}

TEST(Jobs, OptionsAreJudgedAtOnce) {
  ApiServer server;
  httplib::Client client = server.client();
  for (const auto& [name, value] : Fields{{"efect", "veil"},
                                          {"review", "yes"},
                                          {"effect", "image"},
                                          {"webhook", "http://127.0.0.1:9/"}}) {
    const auto answer =
        client.Post("/api/v1/jobs", batch({drawn_picture(StillFormat::jpeg)}, {{name, value}}));
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, 400) << name;
    EXPECT_EQ(undocumented("post", "/api/v1/jobs", *answer), "");
  }
}

TEST(Jobs, TheZipHoldsEveryResultAndTheReport) {
  ApiServer server;
  JobClient client(server.client());
  const std::string picture = drawn_picture(StillFormat::jpeg);
  const std::string id = client.create({picture, picture, picture});
  client.wait_for(id, {"done"});
  const auto zip = client.get(job_path + "/result.zip", id);
  ASSERT_EQ(zip.status, 200);
  EXPECT_EQ(zip.body.substr(0, 4), "PK\x03\x04");
  EXPECT_EQ(zip.body.substr(zip.body.size() - 22, 4), "PK\x05\x06");
  const std::string result = client.get(file_path + "/result", id, "2").body;
  EXPECT_NE(zip.body.find("2-hidden.jpg" + result), std::string::npos);  // Stored as it is.
  EXPECT_NE(zip.body.find("report.json"), std::string::npos);
}

TEST(Jobs, AFileIsTakenOutOfItsJob) {
  ApiServer server;
  JobClient client(server.client());
  const std::string picture = drawn_picture(StillFormat::jpeg);
  const std::string id = client.create({picture, picture});
  client.wait_for(id, {"done"});
  const auto erased = client.http().Delete("/api/v1/jobs/" + id + "/files/1");
  ASSERT_EQ(erased->status, 204);
  EXPECT_EQ(undocumented("delete", file_path, *erased), "");
  EXPECT_EQ(client.get(file_path, id, "1").status, 404);
  EXPECT_EQ(client.job(id)["files"].size(), 1u);
  EXPECT_EQ(client.job(id)["progress"]["total"], 1);
  EXPECT_EQ(json::parse(client.get(job_path + "/report", id).body)["inputs"], 1);
  const std::string zip = client.get(job_path + "/result.zip", id).body;
  EXPECT_EQ(zip.find("1-hidden.jpg"), std::string::npos);
  EXPECT_NE(zip.find("2-hidden.jpg"), std::string::npos);
  EXPECT_EQ(client.post(file_path + "/cancel", id, "2").status, 200);  // Done: nothing to give up.
  EXPECT_EQ(client.get(file_path + "/result", id, "2").status, 200);
}

TEST(Jobs, TellsWhatWasLookedForInTheLanguageAskedFor) {
  ApiServer server;
  JobClient client(server.client());
  const std::string id = client.create({drawn_picture(StillFormat::jpeg)});
  client.wait_for(id, {"done"});
  const auto checks = [&](const char* header, const std::string& query) {
    const auto answer = client.http().Get("/api/v1/jobs/" + id + "/report" + query,
                                          httplib::Headers{{"Accept-Language", header}});
    return json::parse(answer->body)["results"][0]["verify"]["checks"].dump();
  };
  const std::string english = checks("en", ""), chinese = checks("zh-CN", "");
  EXPECT_NE(english.find("Positions in EXIF"), std::string::npos);
  EXPECT_EQ(chinese.find("Positions in EXIF"), std::string::npos);
  EXPECT_EQ(checks("en", "?language=zh-CN"), chinese);
}

TEST(Jobs, AWebhookIsToldWhatIsDone) {
  httplib::Server listener;
  std::atomic<int> status = 0;
  std::string told;
  listener.Post("/done", [&](const httplib::Request& request, httplib::Response& response) {
    told = request.body;
    status = response.status = 200;
  });
  const int port = listener.bind_to_any_port("127.0.0.1");
  std::thread thread([&] { listener.listen_after_bind(); });
  const std::string address = "127.0.0.1:" + std::to_string(port);
  {
    ApiServer server({.webhooks = {address}});
    JobClient client(server.client());
    const std::string id = client.create({drawn_picture(StillFormat::jpeg)},
                                         {{"webhook", "http://" + address + "/done"}});
    client.wait_for(id, {"done"});
    for (int i = 0; i < 500 && status == 0; ++i) {
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    EXPECT_EQ(json::parse(told, nullptr, false).value("id", ""), id);
  }
  listener.stop();
  thread.join();
}

TEST(Trust, CountsWhatWentOverTheLine) {
  ApiServer server;
  httplib::Client client = server.client();
  ASSERT_TRUE(client.Get("/api/v1/health"));
  ASSERT_TRUE(client.Get("/api/v1/health"));
  const auto answer = client.Get("/api/v1/trust");
  ASSERT_TRUE(answer);
  EXPECT_EQ(undocumented("get", "/api/v1/trust", *answer), "");
  const json trust = json::parse(answer->body);
  EXPECT_EQ(trust["peers"]["loopback"]["connections"], 1);
  EXPECT_GT(trust["peers"]["loopback"]["sent_bytes"], 100);
  EXPECT_EQ(trust["peers"]["network"]["connections"], 0);
  EXPECT_TRUE(trust["loopback_only"]);
}

}  // namespace
}  // namespace faceveil::test
