#include "evaluate/subsets.h"

#include <gtest/gtest.h>

namespace faceveil {
namespace {

constexpr std::string_view labels =
    "image,x1,y1,x2,y2\n"
    "crowds/a.jpg,10,10,30,30\n"
    "crowds/a.jpg,50,50,62,60\n"
    "scans/b.jpg,10,10,22,20\n"
    "scans/b.jpg,10,10,17,15\n"
    "scans/b.jpg,-90,10,-60,50\n"
    "crowds/c.jpg,,,,\n";

std::vector<PictureVerdict> verdicts_of(const Truth& truth) {
  std::vector<PictureVerdict> verdicts;
  for (const LabelledPicture& picture : truth.pictures) {
    verdicts.push_back(judge(picture.faces, {100, 100}, {}));
  }
  return verdicts;
}

TEST(Subsets, ASubsetAFolderAndAllTogether) {
  const Truth truth = parse_truth(labels).value();
  const std::vector<Subset> subsets = make_subsets(truth, verdicts_of(truth), {}, {});
  ASSERT_EQ(subsets.size(), 3u);
  EXPECT_EQ(subsets[0].name, "crowds");
  EXPECT_EQ(subsets[0].pictures, (std::vector<size_t>{0, 2}));
  EXPECT_EQ(subsets[1].name, "scans");
  EXPECT_EQ(subsets[2].name, "all");
  EXPECT_EQ(subsets[2].pictures, (std::vector<size_t>{0, 1, 2}));
  // Too small, and outside the picture.
  EXPECT_EQ(subsets[1].counts[0], (std::vector<bool>{true, false, false}));
}

TEST(Subsets, ASubsetMayHaveItsOwnLeastSize) {
  const Truth truth = parse_truth(labels).value();
  const FaceSizeMin size_min{0, {{"crowds", 16.0f}}};
  const std::vector<Subset> subsets = make_subsets(truth, verdicts_of(truth), size_min, {});
  EXPECT_EQ(subsets[0].counts[0], (std::vector<bool>{true, false}));
  EXPECT_EQ(subsets[1].counts[0], (std::vector<bool>{true, true, false}));
  EXPECT_EQ(subsets[2].counts[0], (std::vector<bool>{true, false}));
}

TEST(Subsets, ASplitTakesTheFacesOfItsList) {
  const Truth truth = parse_truth(labels).value();
  const NamedSplit hard{"hard", parse_split("crowds/a.jpg 2\nscans/b.jpg 2", truth).value()};
  const std::vector<Subset> subsets = make_subsets(truth, verdicts_of(truth), {}, {&hard, 1});
  ASSERT_EQ(subsets.size(), 4u);
  EXPECT_EQ(subsets[2].name, "hard");
  EXPECT_EQ(subsets[2].counts[0], (std::vector<bool>{false, true}));
  EXPECT_EQ(subsets[2].counts[1], (std::vector<bool>{false, false, false}));  // Too small.
}

TEST(Subsets, AllAloneWhereThereAreNoFolders) {
  const Truth truth = parse_truth("image,x1,y1,x2,y2\na.jpg,10,10,30,30\n").value();
  const std::vector<Subset> subsets = make_subsets(truth, verdicts_of(truth), {}, {});
  ASSERT_EQ(subsets.size(), 1u);
  EXPECT_EQ(subsets[0].name, "all");
}

}  // namespace
}  // namespace faceveil
