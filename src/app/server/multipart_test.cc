#include "app/server/multipart.h"

#include <gtest/gtest.h>

#include <random>

namespace faceveil {
namespace {

const std::string type = "multipart/form-data; boundary=xyz";

Result<std::vector<FormPart>> parse_parts(const std::string& body,
                                          const std::string& content_type = type) {
  return parse_multipart(as_bytes(body), content_type);
}

std::string part(const std::string& disposition, const std::string& content) {
  return "--xyz\r\nContent-Disposition: form-data; " + disposition + "\r\n\r\n" + content + "\r\n";
}

TEST(Multipart, KnowsItsType) {
  EXPECT_TRUE(is_multipart("multipart/form-data; boundary=x"));
  EXPECT_TRUE(is_multipart("Multipart/Form-Data;boundary=x"));
  EXPECT_FALSE(is_multipart("multipart/form-database"));
  EXPECT_FALSE(is_multipart("image/jpeg"));
  EXPECT_FALSE(is_multipart(""));
}

TEST(Multipart, ReadsFieldsAndFiles) {
  const std::string body = part("name=\"effect\"", "veil") +
                           "--xyz\r\nContent-Disposition: form-data; name=\"image\"; "
                           "filename=\"a;b \\\"c\\\".jpg\"\r\nContent-Type: image/jpeg\r\n\r\n" +
                           std::string("\0\r\n--xy\r\n\xff", 10) + "\r\n--xyz--\r\n";
  const auto parts = parse_parts(body);
  ASSERT_TRUE(parts) << parts.error().message();
  ASSERT_EQ(parts->size(), 2u);
  EXPECT_EQ((*parts)[0].name, "effect");
  EXPECT_EQ(as_text((*parts)[0].content), "veil");
  EXPECT_EQ((*parts)[1].name, "image");
  EXPECT_EQ((*parts)[1].file_name, "a;b \"c\".jpg");
  EXPECT_EQ(as_text((*parts)[1].content), std::string("\0\r\n--xy\r\n\xff", 10));
}

TEST(Multipart, TakesQuotedBoundariesPreambleEmptyPartsAndNoParts) {
  const auto quoted = parse_parts("before\r\n" + part("name=a", "") + "--xyz--",
                                  "multipart/form-data; charset=utf-8; boundary=\"xyz\"");
  ASSERT_TRUE(quoted) << quoted.error().message();
  ASSERT_EQ(quoted->size(), 1u);
  EXPECT_EQ((*quoted)[0].name, "a");
  EXPECT_TRUE((*quoted)[0].content.empty());
  EXPECT_TRUE(parse_parts("--xyz--\r\n").has_value());
}

TEST(Multipart, RefusesEveryTruncation) {
  const std::string body =
      part("name=\"a\"", "1") + part("name=\"image\"; filename=\"p.jpg\"", "22") + "--xyz--";
  ASSERT_TRUE(parse_parts(body).has_value());
  for (size_t length = 0; length < body.size(); ++length) {
    EXPECT_FALSE(parse_parts(body.substr(0, length)).has_value()) << length;
  }
}

TEST(Multipart, RefusesMissingNamesBoundariesAndTooManyParts) {
  EXPECT_FALSE(parse_parts(part("filename=\"a\"", "1") + "--xyz--").has_value());
  EXPECT_FALSE(parse_parts("--xyz\r\nX: y\r\n\r\n1\r\n--xyz--").has_value());
  EXPECT_FALSE(parse_parts("--xyz--", "multipart/form-data").has_value());
  EXPECT_FALSE(
      parse_parts("--xyz--", "multipart/form-data; boundary=" + std::string(71, 'x')).has_value());
  std::string many;
  for (int i = 0; i < 65; ++i) many += part("name=\"a\"", "1");
  const auto parts = parse_parts(many + "--xyz--");
  ASSERT_FALSE(parts.has_value());
  EXPECT_EQ(parts.error().kind, Error::Kind::over_limit);
}

// Whatever the bytes, parts lie within the body and the parser ends.
TEST(Multipart, SurvivesDamage) {
  const std::string body =
      part("name=\"a\"; filename=\"b\\\"", "1") + part("name=b", "2") + "--xyz--";
  std::mt19937 random(1);
  for (int round = 0; round < 20'000; ++round) {
    std::string damaged = body;
    for (int i = 0; i < 3; ++i) {
      damaged[random() % damaged.size()] = "\r\n-xyz;=\"\\:\0 a"[random() % 14];
    }
    const auto parts = parse_parts(damaged);
    if (!parts) continue;
    for (const FormPart& each : *parts) {
      const char* begin = as_text(each.content).data();
      EXPECT_GE(begin, damaged.data());
      EXPECT_LE(begin + each.content.size(), damaged.data() + damaged.size());
    }
  }
}

}  // namespace
}  // namespace faceveil
