// How long what lives, and what a crash leaves.
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <thread>

#include "tests/api/job_client.h"
#include "tests/api/left_on_disk.h"
#include "tests/api/served.h"

namespace faceveil::test {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using nlohmann::json;

constexpr const char* marker = "an unhidden picture ends with this sentence";

// JPEG with bytes behind its end: no output has them, so whoever has them is the original.
std::string marked_picture(int width) { return drawn_picture(StillFormat::jpeg, width) + marker; }

class Folder {
 public:
  Folder() {
    std::string name = (fs::temp_directory_path() / "faceveil-life-XXXXXX").string();
    EXPECT_NE(mkdtemp(name.data()), nullptr);
    path_ = name;
  }
  ~Folder() { fs::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  const fs::path& path() const { return path_; }

  std::vector<fs::path> with_plaintext() const { return files_with(marker, path_); }

 private:
  fs::path path_;
};

size_t done_count(const json& job) { return job["progress"]["done"]; }

std::string a_done_file(const json& job) {
  for (const json& file : job["files"]) {
    if (file["state"] == "done") return file["id"];
  }
  return {};
}

TEST(JobsLifetime, AfterACrashTheFinishedAreThereAndTheCutOffAreMarked) {
  const Folder folder;
  setenv("TMPDIR", folder.path().c_str(), 1);
  std::string id, first_done, first_result;
  size_t finished = 0;
  {
    Served served({.port = 0, .state_folder = folder.path() / "state"});
    JobClient client = client_of(served.port());
    id = client.create(std::vector<std::string>(12, marked_picture(1600)));
    while (done_count(client.job(id)) == 0) std::this_thread::sleep_for(5ms);
    const json job = client.job(id);
    finished = done_count(job);
    first_done = a_done_file(job);  // Whichever it is: several are worked on at a time.
    first_result = client.get(file_path + "/result", id, first_done).body;
    served.end(SIGKILL);
  }
  unsetenv("TMPDIR");
  EXPECT_TRUE(folder.with_plaintext().empty()) << folder.with_plaintext().front();
  Served again({.port = 0, .state_folder = folder.path() / "state"});
  JobClient client = client_of(again.port());
  const json job = client.job(id);
  EXPECT_EQ(job["state"], "interrupted");
  size_t done = 0;
  for (const json& file : job["files"]) {
    const bool is_done = file["state"] == "done";
    if (!is_done) {
      EXPECT_EQ(file["state"], "interrupted");
    }
    done += is_done;
    EXPECT_EQ(client.get(file_path + "/result", id, file["id"]).status, is_done ? 200 : 409);
  }
  EXPECT_GE(done, finished);
  EXPECT_LT(done, 12u);
  EXPECT_EQ(client.get(file_path + "/result", id, first_done).body, first_result);
  EXPECT_EQ(client.get(file_path + "/plan", id, first_done).status, 200);
  EXPECT_EQ(client.get(job_path + "/report", id).status, 200);
  EXPECT_EQ(client.get(job_path + "/result.zip", id).status, 200);
  EXPECT_TRUE(folder.with_plaintext().empty());
  EXPECT_EQ(again.end(SIGTERM), 0);  // A clean stop leaves nothing.
  EXPECT_EQ(result_count(folder.path()), 0u);
}

TEST(JobsLifetime, OnlyTheOwnerMayEnterTheFolder) {
  ApiServer server;
  JobClient client(server.client());
  const std::string id = client.create({marked_picture(320)});
  client.wait_for(id, {"done"});
  for (const auto& entry : fs::recursive_directory_iterator(server.state_folder())) {
    struct stat facts = {};
    ASSERT_EQ(stat(entry.path().c_str(), &facts), 0);
    EXPECT_EQ(facts.st_mode & 0077, 0u) << entry.path();
  }
}

TEST(JobsLifetime, DeleteWipesAtOnce) {
  ApiServer server;
  JobClient client(server.client());
  const std::string id = client.create(std::vector<std::string>(4, marked_picture(1280)));
  while (done_count(client.job(id)) == 0) std::this_thread::sleep_for(5ms);
  EXPECT_EQ(client.erase(id).status, 204);
  EXPECT_EQ(client.get(job_path, id).status, 404);
  EXPECT_EQ(client.erase(id).status, 404);
  const json trust = json::parse(client.http().Get("/api/v1/trust")->body);
  EXPECT_EQ(trust["originals_in_memory"], 0);
  for (const auto& entry : fs::recursive_directory_iterator(server.state_folder())) {
    EXPECT_NE(entry.path().parent_path().filename(), "results");
    if (!entry.is_regular_file()) continue;
    std::ifstream file(entry.path(), std::ios::binary);
    const std::string content((std::istreambuf_iterator<char>(file)), {});
    EXPECT_EQ(content.find(id), std::string::npos) << entry.path();  // Nor is its row.
  }
}

TEST(JobsLifetime, ResultsLiveUntilTheRetentionIsOver) {
  ApiServer server(
      {.jobs = {
           .worker_count = 1, .retention = 1s, .originals_bytes_max = limits::input_bytes_max}});
  JobClient client(server.client());
  const std::string id = client.create({marked_picture(320)});
  client.wait_for(id, {"done"});
  EXPECT_EQ(client.get(file_path + "/result", id).status, 200);
  for (int i = 0; i < 500 && client.http().Get("/api/v1/jobs/" + id)->status == 200; ++i) {
    std::this_thread::sleep_for(20ms);
  }
  EXPECT_EQ(client.get(job_path, id).status, 404);
}

TEST(JobsLifetime, TwoServersOfOnePersonKeepApart) {
  const Folder folder;
  Served first({.port = 0, .state_folder = folder.path() / "state"});
  Served second({.port = 0, .state_folder = folder.path() / "state"});
  JobClient one = client_of(first.port()), two = client_of(second.port());
  const std::string id = one.create({marked_picture(320)});
  EXPECT_EQ(two.get(job_path, id).status, 404);
  EXPECT_EQ(second.end(SIGTERM), 0);
  EXPECT_EQ(one.get(job_path, id).status, 200);
}

}  // namespace
}  // namespace faceveil::test
