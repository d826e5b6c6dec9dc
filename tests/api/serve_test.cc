// serve() itself, in a process of its own: what it prints, how it stops.
#include <gtest/gtest.h>
#include <httplib.h>

#include "tests/api/served.h"

namespace faceveil::test {
namespace {

TEST(Serve, PrintsItsAddressAnswersAndStopsCleanly) {
  for (const int signal : {SIGINT, SIGTERM}) {
    Served served({.port = 0});
    EXPECT_EQ(served.line(), "FaceVeil is at http://127.0.0.1:" + std::to_string(served.port()) +
                                 " - press Ctrl+C to stop.\n");
    httplib::Client client("127.0.0.1", served.port());
    const auto health = client.Get("/api/v1/health");
    ASSERT_TRUE(health);
    EXPECT_EQ(health->status, 200);
    EXPECT_EQ(served.end(signal), 0);
  }
}

TEST(Serve, RefusesAPortInUseWithOneSentence) {
  const Served first({.port = 0});
  ASSERT_GT(first.port(), 0);
  const Status second = serve({.port = first.port()});
  ASSERT_FALSE(second.has_value());
  EXPECT_EQ(second.error().kind, Error::Kind::io);
  EXPECT_NE(second.error().message(Language::english).find(std::to_string(first.port())),
            std::string::npos);
}

TEST(Serve, RefusesHostsThatAreNotThisMachine) {
  const Status status =
      serve({.host = "192.0.2.1", .port = 0, .token = "t"});  // RFC 5737: nobody's address.
  ASSERT_FALSE(status.has_value());
  EXPECT_EQ(status.error().kind, Error::Kind::io);
}

TEST(Serve, WantsASecretForANetwork) {
  const Status status = serve({.host = "0.0.0.0", .port = 0});
  ASSERT_FALSE(status.has_value());
  EXPECT_EQ(status.error().kind, Error::Kind::bad_input);
}

TEST(Serve, SaysWhatModelsAreMissing) {
  const Status status = serve({.port = 0, .model_folder = "/nowhere/at/all"});
  EXPECT_FALSE(status.has_value());
}

}  // namespace
}  // namespace faceveil::test
