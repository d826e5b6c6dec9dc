#include "app/evaluation_report.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "app/text_table.h"

namespace faceveil {
namespace {

Found found_at(const Rect& box, float score) {
  Found found;
  found.box = box;
  found.score = score;
  found.region.box = grown(box, 0.2f);
  return found;
}

constexpr std::string_view labels =
    "image,x1,y1,x2,y2\n"
    "street/a.jpg,10,10,50,60\n"
    "street/a.jpg,100,10,130,40\n"
    "empty/b.jpg,,,,\n";

// One of two faces found, and one false box in the picture without faces.
Evaluation example(const Truth& truth) {
  Evaluation evaluation;
  evaluation.at_threshold = {
      judge(truth.pictures[0].faces, {200, 100}, {found_at({10, 10, 40, 50}, 0.9f)}),
      judge(truth.pictures[1].faces, {200, 100}, {found_at({60, 20, 20, 20}, 0.3f)})};
  evaluation.for_curves = evaluation.at_threshold;
  evaluation.at_threshold[0].milliseconds = 4;
  evaluation.at_threshold[1].milliseconds = 8;
  return evaluation;
}

struct Report {
  std::string table;
  nlohmann::json json;
};

Report report_of(const std::vector<NamedSplit>& splits, const Truth& truth) {
  const Evaluation evaluation = example(truth);
  const auto subsets = make_subsets(truth, evaluation.at_threshold, {}, splits);
  const auto parts = evaluation_parts(evaluation, subsets, 0.2f, splits);
  EvaluationHead head;
  head.detector = "some-network";
  head.search = "quick";
  head.threshold = 0.2f;
  return {format_evaluation_table(head, parts),
          nlohmann::json::parse(format_evaluation_json(head, parts))};
}

TEST(EvaluationReport, JsonHoldsEveryNumberOfEverySubset) {
  const nlohmann::json json = report_of({}, parse_truth(labels).value()).json;
  EXPECT_EQ(json["detector"], "some-network");
  ASSERT_EQ(json["subsets"].size(), 3u);
  const nlohmann::json& street = json["subsets"][0];
  EXPECT_EQ(street["name"], "street");
  EXPECT_EQ(street["faces"], 2);
  EXPECT_EQ(street["at_threshold"]["leaks"], 1);
  EXPECT_EQ(street["at_threshold"]["leak_rate"], 0.5);
  EXPECT_EQ(street["at_threshold"]["false_boxes_a_picture"], 0.0);
  EXPECT_EQ(street["average_precision"], 0.5);
  EXPECT_TRUE(street["wider_average_precision"].is_null());
  const nlohmann::json& empty = json["subsets"][1];
  EXPECT_EQ(empty["at_threshold"]["false_boxes"], 1);
  EXPECT_TRUE(empty["at_threshold"]["leak_rate"].is_null());
  EXPECT_TRUE(empty["average_precision"].is_null());
  const nlohmann::json& all = json["subsets"][2];
  EXPECT_EQ(all["name"], "all");
  EXPECT_EQ(all["at_threshold"]["false_boxes_a_picture"], 0.5);
  EXPECT_EQ(all["ms_a_picture"], 6.0);
  EXPECT_TRUE(all["gflop_a_picture"].is_null());
  ASSERT_EQ(all["curve"].size(), 2u);
  EXPECT_EQ(all["curve"][0]["hidden_rate"], 0.5);
  EXPECT_EQ(all["curve"][1]["false_boxes_a_picture"], 0.5);
}

TEST(EvaluationReport, SplitsAreJudgedByTheProtocolOfWiderFaceWhateverTheirSize) {
  const Truth truth = parse_truth(labels).value();
  const std::vector<NamedSplit> splits = {{"easy", parse_split("street/a.jpg 1", truth).value()}};
  const Report report = report_of(splits, truth);
  EXPECT_EQ(report.json["subsets"][2]["name"], "easy");
  EXPECT_EQ(report.json["subsets"][2]["faces"], 1);
  EXPECT_EQ(report.json["subsets"][2]["wider_average_precision"], 1.0);
  EXPECT_NE(report.table.find("AP (WIDER)"), std::string::npos);
}

TEST(EvaluationReport, TheTableNamesEverySubsetAndSaysDashWhereNothingIsKnown) {
  const std::string table = report_of({}, parse_truth(labels).value()).table;
  EXPECT_NE(table.find("some-network, search quick, threshold 0.2"), std::string::npos);
  for (const std::string_view name : {"street", "empty", "all"}) {
    EXPECT_NE(table.find("\n" + std::string(name) + " "), std::string::npos) << name;
  }
  EXPECT_NE(table.find(" - "), std::string::npos);
  EXPECT_EQ(table.find("nan"), std::string::npos);
}

TEST(TextTable, ColumnsLineUpInEveryLanguage) {
  EXPECT_EQ(format_text_table({{"", "ab"}, {"name", "1"}}), "      ab\nname   1\n");
  EXPECT_EQ(format_text_table({{"", "图片"}, {"n", "1"}}), "   图片\nn     1\n");
  EXPECT_EQ(display_width("漏遮率 a–b"), 10);
}

}  // namespace
}  // namespace faceveil
