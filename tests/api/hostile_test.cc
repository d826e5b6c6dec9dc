// Bytes that no ordinary client sends.
#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <nlohmann/json.hpp>
#include <random>

#include "tests/api/api_server.h"

namespace faceveil::test {
namespace {

size_t count_answers(const std::string& raw) {
  size_t count = 0;
  for (size_t at = 0; (at = raw.find("HTTP/1.1 ", at)) != std::string::npos; ++at) ++count;
  return count;
}

void expect_alive(const ApiServer& server) {
  const auto health = server.client().Get("/api/v1/health");
  ASSERT_TRUE(health);
  EXPECT_EQ(health->status, 200);
}

// Refused by its announcement alone: of the quarter gigabyte nothing is sent.
TEST(Hostile, AnnouncedSizeIsEnoughToRefuse) {
  const ApiServer server;
  const std::string head = "POST /upload HTTP/1.1\r\nHost: " + server.host() + "\r\n";
  for (const char* length : {"268435457", "9223372036854775807", "99999999999999999999999"}) {
    const std::string answer = server.talk(head + "Content-Length: " + length + "\r\n\r\n", true);
    EXPECT_EQ(status_of(answer), 413) << length;
    EXPECT_NE(answer.find("Connection: close"), std::string::npos);
  }
  EXPECT_EQ(status_of(server.talk(
                head + "Content-Length: 268435457\r\nExpect: 100-continue\r\n\r\n", true)),
            413);
}

TEST(Hostile, MalformedLengthsAreRefused) {
  const ApiServer server;
  const std::string head = "POST /upload HTTP/1.1\r\nHost: " + server.host() + "\r\n";
  for (const char* framing :
       {"Content-Length: -1\r\n", "Content-Length: 1x\r\n", "Content-Length: +5\r\n",
        "Content-Length: 5\r\nContent-Length: 5\r\n", "Content-Length: 5, 5\r\n",
        "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", "Transfer-Encoding: gzip\r\n",
        "Transfer-Encoding: chunked, identity\r\n"}) {
    EXPECT_EQ(status_of(server.talk(head + framing + "\r\nhello", true)), 400) << framing;
  }
  EXPECT_EQ(status_of(server.talk(head + "\r\n", true)), 411);
  expect_alive(server);
}

// What follows a refused request may be its body: it must not be taken for another request.
TEST(Hostile, BodiesOfRefusedRequestsAreNotRequests) {
  const ApiServer server;
  const std::string smuggled = "GET /api/v1/health HTTP/1.1\r\nHost: " + server.host() + "\r\n\r\n";
  const std::string refused[] = {
      raw_post("/upload", "evil.example", smuggled),
      raw_post("/upload", server.host(), smuggled, "Origin: http://evil.example\r\n"),
      raw_post("/nothing", server.host(), smuggled),
      raw_post("/upload", server.host(), smuggled, "Transfer-Encoding: chunked\r\n"),
      raw_post("/upload", server.host(), smuggled, "Content-Encoding: gzip\r\n"),
      "GET / HTTP/1.1\r\nHost: " + server.host() +
          "\r\nContent-Length: " + std::to_string(smuggled.size()) + "\r\n\r\n" + smuggled,
      raw_post("/upload", server.host(), smuggled, "Host: evil.example\r\n"),
      "PUT /upload HTTP/1.1\r\nHost: " + server.host() + "\r\n\r\n" + smuggled,
      "NONSENSE\r\n\r\n" + smuggled};
  for (const std::string& request : refused) {
    EXPECT_EQ(count_answers(server.talk(request, true)), 1u) << request;
  }
}

TEST(Hostile, EveryCutUploadEndsWithoutAnAnswerOrWithAnError) {
  const ApiServer server;
  const std::string picture = drawn_picture(StillFormat::jpeg, 160);
  const std::string body =
      "--b\r\nContent-Disposition: form-data; name=\"image\"; filename=\"a.jpg\"\r\n\r\n" +
      picture + "\r\n--b--\r\n";
  const std::string request =
      raw_post("/upload", server.host(), body,
               "Content-Type: multipart/form-data; boundary=b\r\nConnection: close\r\n");
  ASSERT_EQ(status_of(server.talk(request)), 200);
  for (size_t length = 0; length < request.size(); length += 1 + length / 20) {
    const int status = status_of(server.talk(request.substr(0, length), true));
    EXPECT_TRUE(status == 0 || status == 400 || status == 411) << length << ": " << status;
  }
  expect_alive(server);
}

TEST(Hostile, EndlessHeadsAreCutOff) {
  const ApiServer server;
  const std::string line = "GET /" + std::string(1'000'000, 'a');
  const std::string header = "GET / HTTP/1.1\r\nX: " + std::string(1'000'000, 'a');
  std::string headers = "GET / HTTP/1.1\r\n";
  for (int i = 0; i < 100'000; ++i) headers += "A: b\r\n";
  for (const std::string& endless : {line, header, headers}) {
    const int status = status_of(server.talk(endless, true));
    EXPECT_TRUE(status == 0 || status == 400 || status == 414) << status;
  }
  expect_alive(server);
}

TEST(Hostile, LongAddressesAndOddHeadersAreAnswered) {
  const ApiServer server;
  const std::string host = "Host: " + server.host() + "\r\nConnection: close\r\n";
  EXPECT_EQ(
      status_of(server.talk("GET /" + std::string(9'000, 'a') + " HTTP/1.1\r\n" + host + "\r\n")),
      414);
  EXPECT_EQ(
      status_of(server.talk("GET /" + std::string(8'000, 'a') + " HTTP/1.1\r\n" + host + "\r\n")),
      404);
  EXPECT_EQ(status_of(server.talk("GET / HTTP/1.1\r\n" + host + "Range: bytes=x\r\n\r\n", true)),
            416);
  EXPECT_EQ(status_of(server.talk("GET / HTTP/1.0\r\nHost: " + server.host() + "\r\n\r\n")), 200);
  EXPECT_EQ(status_of(server.talk("GET / HTTP/1.1\r\nConnection: close\r\n\r\n")), 403);
  EXPECT_EQ(status_of(server.talk("GET /%00 HTTP/1.1\r\n" + host + "\r\n")), 404);
  EXPECT_EQ(status_of(server.talk("GET /%0d%0aSet-Cookie:x HTTP/1.1\r\n" + host + "\r\n")), 404);
}

// Invalid UTF-8 from the client must not break the JSON that repeats it.
TEST(Hostile, ProblemsAreValidJsonWhateverTheyRepeat) {
  const ApiServer server;
  for (const char* path : {"/%ff%fe", "/\"quoted\"", "/api/v1/hide?effect=%ff"}) {
    const std::string answer =
        server.talk("POST " + std::string(path) + " HTTP/1.1\r\nHost: " + server.host() +
                    "\r\nConnection: close\r\nContent-Length: 1\r\n\r\nx");
    const size_t body = answer.find("\r\n\r\n");
    ASSERT_NE(body, std::string::npos) << path;
    EXPECT_TRUE(nlohmann::json::accept(answer.substr(body + 4))) << answer;
  }
}

TEST(Hostile, RandomDamageToARequestNeverStopsTheServer) {
  const ApiServer server;
  const std::string request =
      raw_post("/api/v1/detect?threshold=0.5", server.host(),
               "--b\r\nContent-Disposition: form-data; name=\"image\"\r\n\r\nGIF89a\r\n--b--\r\n",
               "Content-Type: multipart/form-data; boundary=b\r\n");
  std::mt19937 random(7);
  for (int round = 0; round < 300; ++round) {
    std::string damaged = request;
    for (int i = 0; i < 4; ++i) damaged[random() % damaged.size()] = static_cast<char>(random());
    server.talk(damaged, true);
  }
  expect_alive(server);
}

// What is announced but not sent takes no share of the memory for uploads.
TEST(Hostile, AnnouncementsTakeNothingFromOthers) {
  const ApiServer server({.all_bodies_bytes_max = limits::input_bytes_max});
  const std::string upload = "POST /upload HTTP/1.1\r\nHost: " + server.host() +
                             "\r\nContent-Length: 200000000\r\n\r\nonly this";
  std::vector<std::unique_ptr<RawClient>> stalled;
  for (int i = 0; i < 3; ++i) stalled.push_back(std::make_unique<RawClient>(server.port(), upload));
  const auto answer = server.client().Post("/api/v1/detect", drawn_picture(StillFormat::jpeg), "");
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 200) << answer->body;
}

// Clients that stop sending hold their own connections only, and the server's end ends them.
TEST(Hostile, StalledUploadsDoNotDelayOthersNorTheEnd) {
  auto server = std::make_unique<const ApiServer>(ApiServerOptions{.connections_max = 4});
  const std::string upload = "POST /upload HTTP/1.1\r\nHost: " + server->host() +
                             "\r\nContent-Length: 1000\r\n\r\nonly this";
  std::vector<std::unique_ptr<RawClient>> stalled;
  for (int i = 0; i < 3; ++i)
    stalled.push_back(std::make_unique<RawClient>(server->port(), upload));
  expect_alive(*server);
  const auto start = std::chrono::steady_clock::now();
  server.reset();
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(10));
}

}  // namespace
}  // namespace faceveil::test
