#include "app/server/security.h"

#include <gtest/gtest.h>

namespace faceveil {
namespace {

TEST(Security, LoopbackAnswersOnlyUnderLoopbackNames) {
  for (const char* host : {"127.0.0.1", "127.0.0.1:8080", "localhost:8080", "LocalHost",
                           "[::1]:8080", "127.9.9.9:1"}) {
    EXPECT_TRUE(host_is_ours(host, "127.0.0.1")) << host;
  }
  for (const char* host : {"", "evil.example", "evil.example:8080", "127.0.0.1.evil.example",
                           "localhost.evil.example:80", "192.168.1.5:8080", "[2001:db8::1]:80", "[",
                           "0.0.0.0:8080", "user@127.0.0.1"}) {
    EXPECT_FALSE(host_is_ours(host, "127.0.0.1")) << host;
  }
}

TEST(Security, OnANetworkAddressesInNumbersAndTheBoundNameAreOurs) {
  EXPECT_TRUE(host_is_ours("192.168.1.5:8080", "0.0.0.0"));
  EXPECT_TRUE(host_is_ours("[2001:db8::1]:8080", "::"));
  EXPECT_TRUE(host_is_ours("photos.lan:8080", "photos.lan"));
  EXPECT_FALSE(host_is_ours("evil.example:8080", "0.0.0.0"));
  EXPECT_FALSE(host_is_ours("", "0.0.0.0"));
}

TEST(Security, OnlyOurOwnPagesMayPost) {
  EXPECT_TRUE(origin_is_ours("", "127.0.0.1:8080"));
  EXPECT_TRUE(origin_is_ours("http://127.0.0.1:8080", "127.0.0.1:8080"));
  for (const char* origin : {"null", "http://evil.example", "http://127.0.0.1:9090",
                             "http://127.0.0.1", "https://127.0.0.1:8080", "file://",
                             "http://127.0.0.1:8080.evil.example", "127.0.0.1:8080"}) {
    EXPECT_FALSE(origin_is_ours(origin, "127.0.0.1:8080")) << origin;
  }
}

}  // namespace
}  // namespace faceveil
