#include "app/server/attachment.h"

#include <gtest/gtest.h>

namespace faceveil {
namespace {

TEST(HiddenFileName, KeepsTheStemAndTakesTheNewExtension) {
  EXPECT_EQ(hidden_file_name("holiday.heic", "jpg"), "holiday-hidden.jpg");
  EXPECT_EQ(hidden_file_name("a.b.png", "png"), "a.b-hidden.png");
  EXPECT_EQ(hidden_file_name("全家福.jpg", "jpg"), "全家福-hidden.jpg");
}

TEST(HiddenFileName, NamesNoFolder) {
  EXPECT_EQ(hidden_file_name("../../etc/passwd", "png"), "passwd-hidden.png");
  EXPECT_EQ(hidden_file_name("C:\\photos\\me.jpg", "jpg"), "me-hidden.jpg");
  EXPECT_EQ(hidden_file_name("folder/", "jpg"), "picture-hidden.jpg");
  EXPECT_EQ(hidden_file_name("..", "jpg"), "picture-hidden.jpg");
}

TEST(HiddenFileName, HasNoTroublesomeCharacters) {
  for (int code = 0; code < 128; ++code) {
    const std::string name =
        hidden_file_name(std::string(1, static_cast<char>(code)) + "x.jpg", "jpg");
    for (const char c : name) {
      EXPECT_GE(c, ' ') << code;
      EXPECT_EQ(std::string_view("\"%*/:<>?\\|\x7f").find(c), std::string::npos) << code;
    }
    EXPECT_NE(name.front(), '.') << code;
  }
}

TEST(HiddenFileName, IsCutBetweenCharacters) {
  std::string name;
  for (int i = 0; i < 100; ++i) name += "脸";
  const std::string hidden = hidden_file_name(name, "jpg");
  const std::string stem = hidden.substr(0, hidden.find('-'));
  EXPECT_LE(stem.size(), 120u);
  EXPECT_EQ(stem.size() % 3, 0u);
}

TEST(HiddenFileName, FallsBackToPicture) {
  EXPECT_EQ(hidden_file_name("", "webp"), "picture-hidden.webp");
  EXPECT_EQ(hidden_file_name(".  .", "webp"), "picture-hidden.webp");
}

TEST(ContentDisposition, IsPlainForAscii) {
  EXPECT_EQ(content_disposition("a b-hidden.jpg"), "attachment; filename=\"a b-hidden.jpg\"");
}

TEST(ContentDisposition, GivesUtf8BesideAscii) {
  EXPECT_EQ(content_disposition("脸-hidden.jpg"),
            "attachment; filename=\"_-hidden.jpg\"; filename*=UTF-8''%E8%84%B8-hidden.jpg");
}

}  // namespace
}  // namespace faceveil
