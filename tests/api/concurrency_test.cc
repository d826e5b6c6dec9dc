// Many at once are answered as one alone.
#include <gtest/gtest.h>

#include <thread>

#include "tests/api/api_server.h"

namespace faceveil::test {
namespace {

TEST(Concurrency, ParallelUploadsGiveTheBytesOfOne) {
  const ApiServer server({.working_max = 4});
  std::vector<std::string> pictures, expected;
  for (const int width : {200, 320, 481, 640}) {
    pictures.push_back(drawn_picture(width % 2 ? StillFormat::png : StillFormat::jpeg, width));
    const auto answer = server.client().Post("/upload", form(pictures.back(), "a"));
    ASSERT_TRUE(answer);
    ASSERT_EQ(answer->status, 200) << answer->body;
    expected.push_back(answer->body);
  }
  std::vector<std::jthread> threads;
  for (size_t t = 0; t < 12; ++t) {
    threads.emplace_back([&, t] {
      auto client = server.client();
      for (size_t i = 0; i < pictures.size(); ++i) {
        const size_t which = (t + i) % pictures.size();
        const auto answer = client.Post("/upload", form(pictures[which], "a"));
        ASSERT_TRUE(answer) << httplib::to_string(answer.error());
        ASSERT_EQ(answer->status, 200) << answer->body;
        EXPECT_TRUE(answer->body == expected[which]);
      }
    });
  }
}

// All three detectors asked for at the same moment, before any is loaded.
TEST(Concurrency, DetectorsAreLoadedOnceUnderLoad) {
  const ApiServer server({.working_max = 8});
  const std::string picture = drawn_picture(StillFormat::jpeg);
  const char* detectors[] = {"blazeface-full", "blazeface-full-sparse", "blazeface-short"};
  std::vector<std::jthread> threads;
  for (size_t t = 0; t < 12; ++t) {
    threads.emplace_back([&, t] {
      const auto answer = server.client().Post(
          "/api/v1/detect?detector=" + std::string(detectors[t % 3]), picture, "image/jpeg");
      ASSERT_TRUE(answer);
      EXPECT_EQ(answer->status, 200) << answer->body;
    });
  }
}

// More connections than threads: the others wait in the queue, none is lost.
TEST(Concurrency, MoreConnectionsThanThreadsAreAllServed) {
  const ApiServer server({.connections_max = 2});
  std::atomic<int> served = 0;
  std::vector<std::jthread> threads;
  for (int t = 0; t < 40; ++t) {
    threads.emplace_back([&] {
      const std::string answer =
          server.talk("GET /api/v1/health HTTP/1.1\r\nHost: " + server.host() +
                      "\r\nConnection: close\r\n\r\n");
      if (status_of(answer) == 200) ++served;
    });
  }
  threads.clear();
  EXPECT_EQ(served, 40);
}

}  // namespace
}  // namespace faceveil::test
