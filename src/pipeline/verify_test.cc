#include "pipeline/verify.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "base/sha256.h"
#include "media/jpeg_picture.h"
#include "pipeline/checked_hide.h"
#include "tests/support/drawn_pictures.h"
#include "tests/support/metadata_carriers.h"

namespace faceveil {
namespace {

Bytes file_of(Image image, StillFormat format) {
  Still still;
  still.image = std::move(image);
  return encode_still(still, format).value();
}

Image portrait() {
  Image image = test::gradient_picture(PixelFormat::rgb8, {640, 480});
  test::draw_face(image, {220, 110, 180, 220});
  return image;
}

const Detector& detector() {
  static const Detector instance =
      Detector::create(find_model_folder().value(), DetectorOptions()).value();
  return instance;
}

RedactionPlan plan_hiding(BytesView source, const Rect& box, Size size) {
  RedactionPlan plan;
  plan.source = {sha256_hex(source), size};
  Track track;
  track.id = 1;
  track.keyframes = {{{0}, box, 1}};
  plan.tracks = {track};
  return plan;
}

CheckOutcome outcome_of(const Verification& verification, CheckId id) {
  for (const Check& check : verification.checks) {
    if (check.id == id) return check.outcome;
  }
  ADD_FAILURE() << "no check " << check_name(id);
  return CheckOutcome::not_checked;
}

TEST(Verify, FindsAPlantedFaceAndNoneOnceItIsHidden) {
  const Bytes source = file_of(portrait(), StillFormat::png);
  VerifyRequest request;
  request.output = source;
  request.detector = &detector();
  const Verification before = verify(request).value();
  ASSERT_FALSE(before.clean());
  EXPECT_EQ(before.findings[0].check, CheckId::faces);
  EXPECT_EQ(outcome_of(before, CheckId::faces), CheckOutcome::found);

  for (const Effect effect : {Effect::veil, Effect::emoji}) {
    PlanOptions options;
    options.effect = effect;
    const Hidden hidden = hide(source, &detector(), options, {}).value();
    request.output = hidden.applied.bytes;
    request.plan = &hidden.plan;
    request.source = source;
    const Verification after = verify(request).value();
    EXPECT_TRUE(after.clean()) << describe(after.findings);
    for (const CheckId id : {CheckId::faces, CheckId::second_pictures, CheckId::places,
                             CheckId::stray_bytes, CheckId::locality}) {
      EXPECT_EQ(outcome_of(after, id), CheckOutcome::clean) << check_name(id);
    }
  }
}

TEST(Verify, APlantedTailIsFound) {
  for (const StillFormat format : {StillFormat::png, StillFormat::jpeg}) {
    Bytes output = file_of(test::gradient_picture(PixelFormat::rgb8, {64, 48}), format);
    VerifyRequest request;
    request.output = output;
    EXPECT_EQ(outcome_of(verify(request).value(), CheckId::stray_bytes), CheckOutcome::clean);
    for (const char c : std::string("a tail with a face")) output.push_back(std::byte(c));
    request.output = output;
    EXPECT_EQ(outcome_of(verify(request).value(), CheckId::stray_bytes), CheckOutcome::found);
  }
}

// JFXX (ITU-T T.871, 10.2): a thumbnail as a JPEG of its own, behind SOI.
TEST(Verify, APlantedThumbnailIsFound) {
  const Bytes thumbnail =
      file_of(test::gradient_picture(PixelFormat::rgb8, {16, 16}), StillFormat::jpeg);
  Bytes output = file_of(test::gradient_picture(PixelFormat::rgb8, {64, 48}), StillFormat::jpeg);
  const std::string name("JFXX\0\x10", 6);
  const size_t length = 2 + name.size() + thumbnail.size();
  Bytes segment = {std::byte{0xff}, std::byte{0xe0}, std::byte(length >> 8), std::byte(length)};
  for (const char c : name) segment.push_back(std::byte(c));
  segment.insert(segment.end(), thumbnail.begin(), thumbnail.end());
  // Behind SOI and the JFIF segment of 16 + 2 bytes.
  output.insert(output.begin() + 2 + 18, segment.begin(), segment.end());
  VerifyRequest request;
  request.output = output;
  const Verification verification = verify(request).value();
  EXPECT_EQ(outcome_of(verification, CheckId::second_pictures), CheckOutcome::found);
  EXPECT_EQ(outcome_of(verification, CheckId::faces), CheckOutcome::not_checked);
}

// One sample changed anywhere: a finding outside the regions, none inside.
TEST(Verify, LocalityHoldsToThePixel) {
  const Size size = {97, 61};
  const Rect box = {30, 20, 20, 16};
  std::mt19937 random(17);
  for (int round = 0; round < 60; ++round) {
    Image image = test::noise_picture(PixelFormat::rgb8, size, 3);
    const Bytes source = file_of(image.copy().value(), StillFormat::png);
    RedactionPlan plan = plan_hiding(source, box, size);
    plan.tracks[0].grow = 0;
    plan.tracks[0].shape = Shape::rectangle;
    const int x = int(random() % 97), y = int(random() % 61);
    image.row<uint8_t>(y)[x * 3 + int(random() % 3)] ^= 1;
    const Bytes output = file_of(std::move(image), StillFormat::png);
    VerifyRequest request;
    request.output = output;
    request.source = source;
    request.plan = &plan;
    const bool inside = x >= 30 && x < 50 && y >= 20 && y < 36;
    EXPECT_EQ(outcome_of(verify(request).value(), CheckId::locality),
              inside ? CheckOutcome::clean : CheckOutcome::found)
        << "seed 17, round " << round;
  }
}

// The coefficients of a JPEG outside the touched blocks: as apply leaves them; and one block that
// somebody changed is found, wherever it is.
TEST(Verify, LocalityOfAJpegHoldsToTheBlock) {
  const Bytes source = file_of(portrait(), StillFormat::jpeg);
  const RedactionPlan plan = plan_hiding(source, {220, 110, 180, 220}, {640, 480});
  const Applied applied = apply_plan(plan, source, {}).value();
  VerifyRequest request;
  request.output = applied.bytes;
  request.source = source;
  request.plan = &plan;
  EXPECT_EQ(outcome_of(verify(request).value(), CheckId::locality), CheckOutcome::clean);
  for (const auto& [x, y] : {std::pair{0, 0}, {79, 59}, {40, 27}}) {
    JpegPicture picture = JpegPicture::read(applied.bytes).value();
    JpegSamples samples = picture.samples(0, x, y);
    for (float& sample : samples) sample = 255 - sample + 20;
    picture.set_samples(0, x, y, samples);
    const Bytes changed = picture.write(false).value();
    request.output = changed;
    const bool inside = x == 40;
    EXPECT_EQ(outcome_of(verify(request).value(), CheckId::locality),
              inside ? CheckOutcome::clean : CheckOutcome::found)
        << x << "," << y;
  }
}

TEST(Verify, OfAnotherLossyEncodingLocalityIsNotClaimed) {
  const Bytes source = file_of(portrait(), StillFormat::png);
  const RedactionPlan plan = plan_hiding(source, {220, 110, 180, 220}, {640, 480});
  ApplyOptions options;
  options.format = StillFormat::jpeg;
  const Applied applied = apply_plan(plan, source, options).value();
  VerifyRequest request;
  request.output = applied.bytes;
  request.source = source;
  request.plan = &plan;
  EXPECT_EQ(outcome_of(verify(request).value(), CheckId::locality), CheckOutcome::not_checked);
}

// What the first look missed (here: it never looked) the second finds; it is hidden, marked for a
// person, and nothing of it is left for verify.
TEST(Verify, AFaceFoundByTheSecondLookIsHiddenToo) {
  const Bytes source = file_of(portrait(), StillFormat::jpeg);
  const Checked checked = hide_and_verify(source, nullptr, {}, {}, {&detector()}).value();
  EXPECT_TRUE(checked.verification.clean()) << describe(checked.verification.findings);
  EXPECT_GE(checked.verification.faces_added, 1U);
  ASSERT_EQ(checked.hidden.plan.tracks.size(), checked.verification.faces_added);
  EXPECT_TRUE(checked.hidden.plan.tracks[0].needs_review);
  EXPECT_EQ(checked.hidden.plan.tracks[0].origin, Origin::detector);
  EXPECT_EQ(apply_plan(checked.hidden.plan, source, {}).value().bytes,
            checked.hidden.applied.bytes);
}

// A face in the output that the source has not (a veil that looks like one, here a drawn one) is no
// face that was left in sight; without the source nobody can tell.
TEST(Verify, AFaceThatTheSourceDoesNotShowIsNotOneLeftInSight) {
  const Bytes source =
      file_of(test::gradient_picture(PixelFormat::rgb8, {640, 480}), StillFormat::png);
  const Bytes output = file_of(portrait(), StillFormat::png);
  VerifyRequest request;
  request.output = output;
  request.detector = &detector();
  EXPECT_EQ(outcome_of(verify(request).value(), CheckId::faces), CheckOutcome::found);
  request.source = source;
  EXPECT_EQ(outcome_of(verify(request).value(), CheckId::faces), CheckOutcome::clean);
}

// An emoji is a face to every detector, and reaches a little beyond the box of the one it hides.
TEST(Verify, ADrawnFaceIsNotOneLeftInSight) {
  const Bytes source = file_of(portrait(), StillFormat::png);
  PlanOptions options;
  options.effect = Effect::emoji;
  DetectorOptions thorough;
  thorough.search = Search::thorough;
  const Detector second = Detector::create(find_model_folder().value(), thorough).value();
  const Checked checked = hide_and_verify(source, &detector(), options, {}, {&second}).value();
  EXPECT_TRUE(checked.verification.clean()) << describe(checked.verification.findings);
  EXPECT_EQ(checked.verification.faces_added, 0U);
}

TEST(Verify, AFaceThatAPersonKeepsIsNotAdded) {
  const Bytes source = file_of(portrait(), StillFormat::png);
  RedactionPlan plan = hide(source, &detector(), {}, {}).value().plan;
  for (Track& track : plan.tracks) track.decision = Decision::keep;
  const Checked checked = apply_and_verify(plan, source, {}, {}, {&detector()}).value();
  EXPECT_EQ(checked.hidden.plan, plan);
  EXPECT_TRUE(checked.verification.clean()) << describe(checked.verification.findings);
}

bool contains(BytesView bytes, std::string_view text) {
  return as_text(bytes).find(text) != std::string_view::npos;
}

// Hidden in, every carrier of second pictures, positions and stray bytes comes out clean, by
// verify's own eyes and by the markers.
TEST(Verify, WhatHideWritesHasNothingHidden) {
  PlanOptions options;
  options.boxes = {{2, 2, 8, 8}};
  ApplyOptions keep_all;
  keep_all.metadata.keep = MetadataPolicy::Keep::all;
  for (const test::Carrier& carrier : test::metadata_carriers()) {
    if (!carrier.decodes) continue;
    SCOPED_TRACE(carrier.name);
    for (const ApplyOptions& apply : {ApplyOptions(), keep_all}) {
      const Result<Checked> checked = hide_and_verify(carrier.file, nullptr, options, apply, {});
      ASSERT_TRUE(checked.has_value()) << checked.error().message();
      EXPECT_TRUE(checked->verification.clean()) << describe(checked->verification.findings);
      EXPECT_FALSE(contains(checked->hidden.applied.bytes, test::picture_marker));
      const bool keeps_words = apply.metadata.keep == MetadataPolicy::Keep::all;
      EXPECT_TRUE(keeps_words || !contains(checked->hidden.applied.bytes, test::word_marker));
    }
  }
}

TEST(Verify, APlanOfAnotherPictureExcusesNothing) {
  const Bytes source = file_of(portrait(), StillFormat::png);
  VerifyRequest request;
  request.output = source;
  RedactionPlan plan = plan_hiding(source, {220, 110, 180, 220}, {640, 481});
  request.plan = &plan;
  EXPECT_EQ(verify(request).error().kind, Error::Kind::stale_plan);
  plan.source.size.height = 480;
  EXPECT_TRUE(verify(request).has_value());
  const Bytes other =
      file_of(test::gradient_picture(PixelFormat::rgb8, {640, 480}), StillFormat::png);
  request.source = other;
  EXPECT_EQ(verify(request).error().kind, Error::Kind::stale_plan);
}

TEST(Verify, AFaceIsHiddenWhenMostOfItsBoxIs) {
  const Size size = {200, 200};
  RedactionPlan plan = plan_hiding({}, {50, 50, 100, 100}, size);
  plan.tracks[0].grow = 0;
  plan.tracks[0].shape = Shape::rectangle;
  const auto in_sight = [&](const Rect& box) {
    Face face;
    face.box = box;
    return !faces_in_sight({face}, &plan, size).empty();
  };
  EXPECT_FALSE(in_sight({50, 50, 100, 100}));
  EXPECT_FALSE(in_sight({70, 70, 10, 10}));
  EXPECT_FALSE(in_sight({75, 50, 100, 100}));  // 75 % of it.
  EXPECT_TRUE(in_sight({85, 50, 100, 100}));   // 65 %.
  EXPECT_TRUE(in_sight({0, 0, 200, 200}));     // Larger than what is hidden of it.
  EXPECT_FALSE(in_sight({-50, -50, 20, 20}));  // Beyond the border.
  plan.tracks[0].decision = Decision::keep;
  EXPECT_FALSE(in_sight({55, 55, 100, 100}));  // A person wants to see it.
  EXPECT_TRUE(in_sight({150, 150, 40, 40}));
}

}  // namespace
}  // namespace faceveil
