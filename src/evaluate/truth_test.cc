#include "evaluate/truth.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace faceveil {
namespace {

std::string sentence_for(std::string_view text) {
  const Result<Truth> truth = parse_truth(text);
  return truth ? "" : truth.error().message(Language::english);
}

constexpr std::string_view header = "image,x1,y1,x2,y2\n";

std::string csv(std::string_view rows) { return std::string(header) + std::string(rows); }

TEST(CsvTruth, RowsOfOnePictureBelongTogether) {
  const Truth truth =
      parse_truth(csv("a/1.jpg,1,2,11,22\nb/2.jpg,,,,\r\na/1.jpg,-3.5,4,6,9\n\ntop.png,,,,"))
          .value();
  ASSERT_EQ(truth.pictures.size(), 3u);
  const LabelledPicture& first = truth.pictures[0];
  EXPECT_EQ(first.name, "a/1.jpg");
  EXPECT_EQ(first.subset, "a");
  EXPECT_EQ(first.line, 2);
  ASSERT_EQ(first.faces.size(), 2u);
  EXPECT_EQ(first.faces[0].box, (Rect{1, 2, 10, 20}));
  EXPECT_EQ(first.faces[1].box, (Rect{-3.5f, 4, 9.5f, 5}));
  EXPECT_TRUE(first.faces[1].judged);
  EXPECT_TRUE(truth.pictures[1].faces.empty());
  EXPECT_EQ(truth.pictures[2].subset, "");
}

TEST(CsvTruth, ErrorsNameTheLineAndWhatIsWrong) {
  EXPECT_EQ(sentence_for("image,x,y,w,h\n"), "line 1: Expected the columns image,x1,y1,x2,y2.");
  EXPECT_EQ(sentence_for(csv("a.jpg,1,2,3\n")), "line 2: Expected the columns image,x1,y1,x2,y2.");
  EXPECT_EQ(sentence_for(csv("a.jpg,,,,\na.jpg,1,2,3,x4\n")),
            "line 3: A picture without faces has one row, with empty fields for the box.");
  EXPECT_EQ(sentence_for(csv("a.jpg,1,2,3,x4\n")), "line 2: \"x4\" is not a number of pixels.");
  EXPECT_EQ(sentence_for(csv("a.jpg,1,2,,4\n")), "line 2: \"\" is not a number of pixels.");
  for (const std::string_view wrong : {"nan", "inf", "-inf", "1e99", "0x10", " 3", "3 "}) {
    EXPECT_EQ(sentence_for(csv("a.jpg,1,2," + std::string(wrong) + ",4\n")),
              "line 2: \"" + std::string(wrong) + "\" is not a number of pixels.");
  }
  const std::string bad_box = "line 2: The box must be finite, with a width and height above zero.";
  EXPECT_EQ(sentence_for(csv("a.jpg,3,2,3,4\n")), bad_box);
  EXPECT_EQ(sentence_for(csv("a.jpg,5,2,3,4\n")), bad_box);
  EXPECT_EQ(sentence_for(csv("a.jpg,1,2,1e30,4\n")), bad_box);
  EXPECT_EQ(sentence_for(csv("a.jpg,-1e9,2,3,4\n")), bad_box);
  EXPECT_EQ(sentence_for(std::string(header)), "The truth file names no picture.");
  EXPECT_EQ(sentence_for(""), "The truth file names no picture.");
}

TEST(CsvTruth, NamesThatLeadOutOfTheFolderAreRefused) {
  for (const std::string name : {"", "/etc/passwd", "../a.jpg", "a/../../b.jpg", ".."}) {
    EXPECT_EQ(sentence_for(csv(name + ",1,2,3,4\n")),
              "line 2: A picture's name must not be empty or lead out of the folder.");
  }
}

constexpr std::string_view wider =
    "0--Parade/a.jpg\n2\n10 20 30 40 0 0 0 0 0 0 \n5 5 8 9 2 0 0 1 2 0\n"
    "0--Parade/empty.jpg\n0\n0 0 0 0 0 0 0 0 0 0 \n"
    "1--Handshaking/b.jpg\n1\n7 7 0 3 0 0 0 0 0 0\n";

TEST(WiderTruth, BoxesAreReadAndInvalidOnesAreNotJudged) {
  const Truth truth = parse_truth(wider).value();
  ASSERT_EQ(truth.pictures.size(), 3u);
  ASSERT_EQ(truth.pictures[0].faces.size(), 2u);
  EXPECT_EQ(truth.pictures[0].faces[0].box, (Rect{10, 20, 30, 40}));
  EXPECT_TRUE(truth.pictures[0].faces[0].judged);
  EXPECT_FALSE(truth.pictures[0].faces[1].judged);  // "invalid".
  EXPECT_TRUE(truth.pictures[1].faces.empty());
  ASSERT_EQ(truth.pictures[2].faces.size(), 1u);  // Keeps its number, for the lists of splits.
  EXPECT_FALSE(truth.pictures[2].faces[0].judged);
  EXPECT_EQ(truth.pictures[0].subset, "");
}

TEST(WiderTruth, ErrorsNameTheLineAndWhatIsWrong) {
  EXPECT_EQ(sentence_for("a.jpg\nb.jpg\n"),
            "line 2: Expected the number of faces, behind a picture's name.");
  EXPECT_EQ(sentence_for("a.jpg\n-1\n"),
            "line 2: Expected the number of faces, behind a picture's name.");
  EXPECT_EQ(sentence_for("a.jpg\n1\n1 2 3 4\n"),
            "line 3: Expected ten numbers: x1 y1 w h and six attributes.");
  EXPECT_EQ(sentence_for("a.jpg\n1\n1 2 nan 4 0 0 0 0 0 0\n"),
            "line 3: \"nan\" is not a number of pixels.");
  EXPECT_EQ(sentence_for("a.jpg\n1\n1 2 -3 4 0 0 0 0 0 0\n"),
            "line 3: The box must be finite, with a width and height above zero.");
  EXPECT_EQ(sentence_for("a.jpg\n2000000000\n1 2 3 4 0 0 0 0 0 0\n"),
            "line 3: The file ends where 1999999999 more faces should follow.");
  EXPECT_EQ(sentence_for("a.jpg\n0\na.jpg\n0\n"), "line 3: The picture is named twice.");
}

TEST(TruthFiles, AnyBytesEndInATruthOrASentence) {
  const uint32_t seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  const std::string samples[] = {csv("a/1.jpg,1,2,11,22\nb/2.jpg,,,,\n"), std::string(wider)};
  for (int round = 0; round < 2000; ++round) {
    std::string text = samples[round % 2];
    for (int change = 0; change < 4; ++change) {
      const size_t at = random() % text.size();
      if (random() % 3 == 0) text.resize(at + 1);
      text[at] = "0123456789,-.\n \r\0xe/"[random() % 20];
    }
    const Result<Truth> truth = parse_truth(text);
    if (!truth) {
      EXPECT_FALSE(truth.error().message(Language::english).empty());
      continue;
    }
    for (const LabelledPicture& picture : truth->pictures) {
      EXPECT_FALSE(picture.name.empty());
      for (const LabelledFace& face : picture.faces) {
        EXPECT_TRUE(face.box.width >= 0 && face.box.height >= 0);
        EXPECT_TRUE(!face.judged || face.box.area() > 0);
      }
    }
  }
}

TEST(Splits, MarkTheFacesThatCount) {
  const Truth truth = parse_truth(wider).value();
  const Split split = parse_split("0--Parade/a.jpg 2\n\n0--Parade/empty.jpg \n", truth).value();
  const std::vector<std::vector<bool>> expected = {{false, true}, {}, {false}};
  EXPECT_EQ(split.faces, expected);
}

TEST(Splits, ErrorsNameTheLine) {
  const Truth truth = parse_truth(wider).value();
  const auto sentence = [&](std::string_view text) {
    return parse_split(text, truth).error().message(Language::english);
  };
  EXPECT_EQ(sentence("none.jpg 1"), "line 1: The picture is not in the truth file.");
  for (const std::string_view number : {"0", "3", "-1", "x", "99999999999999999999"}) {
    EXPECT_EQ(
        sentence("\n0--Parade/a.jpg 1 " + std::string(number)),
        "line 2: \"" + std::string(number) + "\" is not the number of a face; this picture has 2.");
  }
}

}  // namespace
}  // namespace faceveil
