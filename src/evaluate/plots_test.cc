#include "evaluate/plots.h"

#include <gtest/gtest.h>

#include <regex>

#include "evaluate/plot/svg.h"

namespace faceveil {
namespace {

PlotSeries series_named(std::string name) {
  PlotSeries series;
  series.name = std::move(name);
  series.curve.pictures = 10;
  series.curve.faces = 20;
  series.curve.points = {{0.9f, 8, 0, 8, 0}, {0.5f, 12, 9, 12, 9}, {0.1f, 18, 300, 18, 300}};
  series.counts.pictures = 10;
  series.counts.false_boxes = 9;
  series.counts.all = {20, 12};
  series.counts.by_size[2] = {12, 6};
  series.counts.by_size[5] = {8, 6};
  return series;
}

size_t count_of(const std::string& svg, const std::string& text) {
  size_t count = 0;
  for (size_t at = svg.find(text); at != std::string::npos; at = svg.find(text, at + 1)) ++count;
  return count;
}

// Opened elements closed, nothing that is no element: enough of XML for what we write.
void expect_well_formed(const std::string& svg) {
  EXPECT_EQ(svg.find('\0'), std::string::npos);
  const std::string bare =
      std::regex_replace(svg, std::regex("<[a-z]+( [a-zA-Z0-9-]+=\"[^\"<>]*\")*/>"), "");
  const std::regex text("<text( [a-zA-Z0-9-]+=\"[^\"<>]*\")*>[^<>]*</text>");
  const std::string frame = std::regex_replace(bare, text, "");
  EXPECT_TRUE(std::regex_match(frame, std::regex("<svg [^<>]*>\\s*</svg>\\s*"))) << frame;
}

TEST(Plots, ALineADotAndANameForEachSeries) {
  const std::vector<PlotSeries> series = {series_named("masks"), series_named("scans")};
  const std::string svg = format_curves_svg(series);
  expect_well_formed(svg);
  EXPECT_EQ(count_of(svg, "<polyline"), 2u);
  EXPECT_EQ(count_of(svg, "<circle"), 2u);
  EXPECT_EQ(count_of(svg, ">masks</text>"), 1u);
  EXPECT_EQ(count_of(svg, ">40 % of 20 leak</text>"), 2u);
}

TEST(Plots, ABarForEachSeriesAndSizeThatHasFaces) {
  const std::vector<PlotSeries> series = {series_named("masks"), series_named("scans")};
  const std::string svg = format_sizes_svg(series);
  expect_well_formed(svg);
  EXPECT_EQ(count_of(svg, ">50</text>"), 2u);  // 16 to 32 pixels: 6 of 12.
  EXPECT_EQ(count_of(svg, ">25</text>"), 2u);
  EXPECT_EQ(count_of(svg, ">16–32</text>"), 1u);
  EXPECT_EQ(count_of(svg, ">128 or more</text>"), 1u);
  EXPECT_EQ(count_of(svg, ">32–64</text>"), 0u);
}

TEST(Plots, NamesOfFoldersCannotEndTheElement) {
  const std::vector<PlotSeries> series = {series_named("</text><script>&\"\x01")};
  for (const std::string& svg : {format_curves_svg(series), format_sizes_svg(series)}) {
    expect_well_formed(svg);
    EXPECT_EQ(count_of(svg, "&lt;/text&gt;&lt;script&gt;&amp;&quot; "), 1u);
  }
}

TEST(Plots, NothingToShowIsStillADocument) {
  const std::vector<PlotSeries> series = {{"all", {}, {}}};
  for (const std::span<const PlotSeries> shown : {std::span(series), std::span(series).first(0)}) {
    expect_well_formed(format_curves_svg(shown));
    expect_well_formed(format_sizes_svg(shown));
    EXPECT_EQ(format_curves_svg(shown).find("nan"), std::string::npos);
  }
}

TEST(Numbers, AreShort) {
  EXPECT_EQ(format_number(3, 1), "3");
  EXPECT_EQ(format_number(0.05, 2), "0.05");
  EXPECT_EQ(format_number(20, 0), "20");
  EXPECT_EQ(format_number(100, 2), "100");
}

}  // namespace
}  // namespace faceveil
