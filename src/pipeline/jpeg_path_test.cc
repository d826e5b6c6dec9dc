// JPEG to JPEG through the whole pipeline: what is kept, what is said, and when it goes through
// pixels.

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <random>

#include "media/jpeg_picture.h"
#include "pipeline/pipeline.h"
#include "tests/support/drawn_pictures.h"
#include "tests/support/jpeg_files.h"
#include "tests/support/random_seed.h"

namespace faceveil {
namespace {

PlanOptions box_of(Rect box) {
  PlanOptions options;
  options.boxes = {box};
  return options;
}

Bytes drawn_file(const test::JpegSettings& settings, Size stored = {160, 96}) {
  return test::jpeg_file(test::gradient_picture(PixelFormat::rgb8, stored), settings);
}

Applied hidden(BytesView file, const ApplyOptions& options = {}) {
  return hide(file, nullptr, box_of({10, 10, 30, 30}), options).value().applied;
}

// Outside the box and its MCUs every decoded pixel is the same, whatever the orientation.
TEST(JpegPath, PixelsFarFromTheRegionStayAsTheyWere) {
  for (int orientation = 1; orientation <= 8; ++orientation) {
    SCOPED_TRACE(orientation);
    test::JpegSettings settings;
    settings.orientation = static_cast<Orientation>(orientation);
    const Bytes file = drawn_file(settings);
    const Applied applied = hidden(file);
    EXPECT_TRUE(applied.notes.empty());
    EXPECT_EQ(JpegPicture::read(applied.bytes)->orientation(), settings.orientation);
    const Image before = std::move(decode_still(file)->image);
    const Image after = std::move(decode_still(applied.bytes)->image);
    ASSERT_EQ(before.size(), after.size());
    EXPECT_EQ(applied.size, after.size());
    EXPECT_GT(test::largest_difference(before, after), 0.02);
    for (int y = 0; y < before.size().height; ++y) {
      // Grown to whole MCUs of 16 pixels and what chroma spreads, the box ends before 64.
      const int x_begin = y < 64 ? 64 : 0;
      if (x_begin >= before.size().width) continue;
      ASSERT_EQ(
          std::memcmp(before.row<uint8_t>(y) + 3 * x_begin, after.row<uint8_t>(y) + 3 * x_begin,
                      static_cast<size_t>(3 * (before.size().width - x_begin))),
          0)
          << "row " << y;
    }
  }
}

TEST(JpegPath, TurnsWhereThatCostsNothingAndSaysWhereNot) {
  ApplyOptions upright;
  upright.upright = true;
  test::JpegSettings settings;
  settings.orientation = Orientation::right_top;
  const Applied turned = hidden(drawn_file(settings), upright);
  EXPECT_TRUE(turned.notes.empty());
  EXPECT_EQ(JpegPicture::read(turned.bytes)->orientation(), Orientation::top_left);
  EXPECT_EQ(turned.size, (Size{96, 160}));
  EXPECT_EQ(decode_still(turned.bytes)->image.size(), turned.size);

  const Applied kept = hidden(drawn_file(settings, {160, 97}), upright);
  ASSERT_EQ(kept.notes.size(), 1u);
  EXPECT_NE(kept.notes[0].find("orientation stays"), std::string_view::npos);
  EXPECT_EQ(JpegPicture::read(kept.bytes)->orientation(), Orientation::right_top);
  EXPECT_EQ(kept.size, (Size{97, 160}));

  const Applied nothing_hidden =
      hide(drawn_file(settings), nullptr, PlanOptions(), upright).value().applied;
  EXPECT_EQ(JpegPicture::read(nothing_hidden.bytes)->orientation(), Orientation::top_left);
  EXPECT_TRUE(nothing_hidden.unchanged);
}

TEST(JpegPath, ArithmeticCodingAndInksGoThroughPixelsAndThatIsSaid) {
  test::JpegSettings arithmetic, inks;
  arithmetic.arithmetic = true;
  inks.inks = true;
  inks.chroma_across = inks.chroma_down = 1;
  for (const test::JpegSettings& settings : {arithmetic, inks}) {
    const Applied applied = hidden(drawn_file(settings));
    ASSERT_EQ(applied.notes.size(), 1u);
    EXPECT_NE(applied.notes[0].find("encoded again"), std::string_view::npos);
    EXPECT_FALSE(JpegPicture::read(applied.bytes)->obstacle());
  }
}

// Another format gets the pixels of the changed coefficients: nothing of what was under a region is
// left in the rest of its blocks.
TEST(JpegPath, AnotherFormatShowsWhatTheJpegWouldShow) {
  ApplyOptions as_png;
  as_png.format = StillFormat::png;
  for (int orientation = 1; orientation <= 8; ++orientation) {
    test::JpegSettings settings;
    settings.orientation = static_cast<Orientation>(orientation);
    const Bytes file = drawn_file(settings);
    const Applied png = hidden(file, as_png);
    EXPECT_EQ(sniff_still(png.bytes), StillFormat::png);
    EXPECT_EQ(test::largest_difference(decode_still(png.bytes)->image,
                                       decode_still(hidden(file).bytes)->image),
              0);
  }
}

TEST(JpegPath, HideIsPlanAndApply) {
  const Bytes file = drawn_file({});
  const RedactionPlan plan = make_plan(file, nullptr, box_of({10, 10, 30, 30})).value();
  EXPECT_EQ(apply_plan(plan, file, {})->bytes, hidden(file).bytes);
  RedactionPlan resized = plan;
  resized.source.size.width = 161;
  EXPECT_EQ(apply_plan(resized, file, {}).error().kind, Error::Kind::stale_plan);
}

// Comments, thumbnails and bytes behind the end make no difference to the output.
TEST(JpegPath, WhatIsBesideThePictureDoesNotReachTheOutput) {
  test::JpegSettings settings;
  const Bytes plain = drawn_file(settings);
  settings.comment = "a secret";
  Bytes with_more = drawn_file(settings);
  for (const char c : std::string_view("and a tail")) with_more.push_back(std::byte(c));
  EXPECT_NE(plain, with_more);
  EXPECT_EQ(hidden(plain).bytes, hidden(with_more).bytes);
}

TEST(JpegPath, FilesAreRewrittenInTheirOwnKind) {
  const uint32_t first_seed = test::first_seed();
  for (uint32_t seed = first_seed; seed != first_seed + 60; ++seed) {
    std::mt19937 random(seed);
    const test::JpegSettings settings = test::random_jpeg_settings(random);
    SCOPED_TRACE(testing::Message() << "seed " << seed << ": " << settings.text());
    const Bytes file = drawn_file(settings);
    const Applied applied = hidden(file);
    const Still before = decode_still(file).value(), after = decode_still(applied.bytes).value();
    EXPECT_EQ(after.traits.progressive, settings.progressive);
    EXPECT_EQ(after.traits.chroma_across, before.traits.chroma_across);
    EXPECT_EQ(after.traits.chroma_down, before.traits.chroma_down);
    const std::string_view restart("\xff\xdd\x00\x04", 4);
    EXPECT_EQ(as_text(applied.bytes).find(restart) != std::string_view::npos,
              settings.restart_interval > 0);
  }
}

}  // namespace
}  // namespace faceveil
