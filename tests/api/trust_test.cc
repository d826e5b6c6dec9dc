// What the trust panel shows is counted, not claimed; and what others left does not stay.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <thread>

#include "tests/api/job_client.h"
#include "tests/api/served.h"
#include "tests/support/temporary_folder.h"

namespace faceveil::test {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using nlohmann::json;

int originals_on_disk(const ApiServer& server) {
  const auto answer = server.client().Get("/api/v1/trust");
  EXPECT_TRUE(answer);
  return json::parse(answer->body)["originals_on_disk"];
}

TEST(Trust, StrayFilesAreCounted) {
  const ApiServer server;
  JobClient client(server.client());
  const std::string id = client.create({drawn_picture(StillFormat::jpeg)});
  client.wait_for(id, {"done"});
  EXPECT_EQ(originals_on_disk(server), 0);  // A result is none.
  const fs::path stray = server.state_folder() / "0" / "results" / "original.jpg";
  std::ofstream(stray) << "a picture";
  EXPECT_EQ(originals_on_disk(server), 1);
  fs::remove(stray);
  EXPECT_EQ(originals_on_disk(server), 0);
}

class TrustInFolder : public InTemporaryFolder {};

TEST_F(TrustInFolder, FilesOpenForWritingElsewhereAreCounted) {
  const ApiServer server;
  EXPECT_EQ(originals_on_disk(server), 0);
  {
    const std::ofstream open(folder_ / "elsewhere");
    EXPECT_EQ(originals_on_disk(server), 1);
  }
  EXPECT_EQ(originals_on_disk(server), 0);
}

size_t results_in(const fs::path& folder) {
  size_t count = 0;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    count += entry.path().parent_path().filename() == "results";
  }
  return count;
}

TEST_F(TrustInFolder, WhatASecondServerLeftByACrashDoesNotOutliveTheRetention) {
  const fs::path state = folder_ / "state";
  const Served first({.port = 0, .state_folder = state, .retention_s = 1});
  {
    Served second({.port = 0, .state_folder = state});
    httplib::Client http("127.0.0.1", second.port());
    http.set_read_timeout(60);
    JobClient client(std::move(http));
    client.wait_for(client.create({drawn_picture(StillFormat::jpeg)}), {"done"});
    second.end(SIGKILL);
  }
  EXPECT_EQ(results_in(state / "1"), 1u);
  for (int i = 0; i < 500 && results_in(state / "1") > 0; ++i) std::this_thread::sleep_for(20ms);
  EXPECT_EQ(results_in(state / "1"), 0u);
}

}  // namespace
}  // namespace faceveil::test
