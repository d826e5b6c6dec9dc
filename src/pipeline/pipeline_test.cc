#include "pipeline/pipeline.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <cstring>
#include <nlohmann/json.hpp>
#include <random>

#include "plan/plan_json.h"
#include "tests/support/drawn_pictures.h"

namespace faceveil {
namespace {

Still still_of(Image image, StillFormat format) {
  Still still;
  still.image = std::move(image);
  still.format = format;
  return still;
}

Bytes file_of(Image image, StillFormat format) {
  return encode_still(still_of(std::move(image), format), format).value();
}

const Detector& detector() {
  static const Detector instance =
      Detector::create(find_model_folder().value(), DetectorOptions()).value();
  return instance;
}

Image portrait() {
  Image image = test::gradient_picture(PixelFormat::rgb8, {640, 480});
  test::draw_face(image, {220, 110, 180, 220});
  return image;
}

PlanOptions only_boxes(std::vector<Rect> boxes, Effect effect = Effect::veil) {
  PlanOptions options;
  options.boxes = std::move(boxes);
  options.effect = effect;
  return options;
}

bool same_bytes(const Image& a, const Image& b) {
  return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size_bytes()) == 0;
}

TEST(Hide, FindsAndHidesAFaceAndTouchesNothingElse) {
  const Bytes input = file_of(portrait(), StillFormat::png);
  const Result<Hidden> hidden = hide(input, &detector(), {}, {});
  ASSERT_TRUE(hidden.has_value()) << hidden.error().message();
  ASSERT_GE(hidden->applied.hidden_count, 1u);
  EXPECT_EQ(hidden->applied.format, StillFormat::png);
  EXPECT_FALSE(hidden->applied.unchanged);
  const Image before = portrait();
  const Image after = decode_still(hidden->applied.bytes).value().image;
  const auto pixel = [](const Image& image, int x, int y) {
    const uint8_t* p = image.row<uint8_t>(y) + x * 3;
    return std::array<int, 3>{p[0], p[1], p[2]};
  };
  EXPECT_NE(pixel(after, 268, 216), pixel(before, 268, 216));  // An eye.
  for (const auto& [x, y] : {std::pair{5, 5}, {634, 5}, {5, 474}, {634, 474}}) {
    EXPECT_EQ(pixel(after, x, y), pixel(before, x, y));
  }
}

// Pictures that differ only under the regions give the same file, byte for byte.
TEST(Hide, NonInterferenceInPng) {
  for (uint32_t seed = 0; seed < 30; ++seed) {
    std::mt19937 random(seed);
    const Size size = {static_cast<int>(20 + random() % 200),
                       static_cast<int>(20 + random() % 200)};
    const Rect box = {
        static_cast<float>(random() % 150) - 20, static_cast<float>(random() % 150) - 20,
        static_cast<float>(1 + random() % 100), static_cast<float>(1 + random() % 100)};
    Image one = test::noise_picture(PixelFormat::rgb8, size, seed);
    Image other = one.copy().value();
    // An ellipse inside the box: half the box around its centre is surely hidden.
    for (int y = 0; y < size.height; ++y) {
      for (int x = 0; x < size.width; ++x) {
        const float u = std::abs(static_cast<float>(x) + 0.5f - box.x - box.width / 2) / box.width;
        const float v =
            std::abs(static_cast<float>(y) + 0.5f - box.y - box.height / 2) / box.height;
        if (u > 0.35f || v > 0.35f) continue;
        std::memset(other.row<uint8_t>(y) + x * 3, static_cast<int>(random() % 256), 3);
      }
    }
    const Bytes a = file_of(std::move(one), StillFormat::png);
    const Bytes b = file_of(std::move(other), StillFormat::png);
    for (const Effect effect : {Effect::veil, Effect::solid, Effect::emoji}) {
      const PlanOptions options = only_boxes({box}, effect);
      ASSERT_EQ(hide(a, nullptr, options, {}).value().applied.bytes,
                hide(b, nullptr, options, {}).value().applied.bytes)
          << "seed " << seed;
    }
  }
}

TEST(Hide, IsPlanAndApply) {
  for (const StillFormat format : {StillFormat::jpeg, StillFormat::png, StillFormat::webp}) {
    const Bytes input = file_of(portrait(), format);
    const RedactionPlan plan = make_plan(input, &detector(), {}).value();
    // Through its text, as on the command line.
    const RedactionPlan read = parse_plan(format_plan(plan)).value();
    const Applied applied = apply_plan(read, input, {}).value();
    EXPECT_EQ(applied.bytes, hide(input, &detector(), {}, {}).value().applied.bytes);
  }
}

TEST(Apply, RefusesAnotherPicture) {
  const Bytes input = file_of(portrait(), StillFormat::png);
  const RedactionPlan plan = make_plan(input, nullptr, only_boxes({{10, 10, 50, 50}})).value();
  const Bytes other =
      file_of(test::gradient_picture(PixelFormat::rgb8, {640, 480}), StillFormat::png);
  const auto refused = apply_plan(plan, other, {});
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().kind, Error::Kind::stale_plan);

  RedactionPlan resized = plan;
  resized.source.size.width = 641;
  EXPECT_EQ(apply_plan(resized, input, {}).error().kind, Error::Kind::stale_plan);
}

TEST(Apply, LaysOnlyThePictureThatThePlanNames) {
  const Bytes input = file_of(portrait(), StillFormat::png);
  const CoverPicture cat =
      decode_cover(file_of(test::noise_picture(PixelFormat::rgba8, {30, 20}, 1), StillFormat::png),
                   "cat.png")
          .value();
  const CoverPicture dog =
      decode_cover(file_of(test::noise_picture(PixelFormat::rgba8, {30, 20}, 2), StillFormat::png),
                   "dog.png")
          .value();
  PlanOptions options = only_boxes({{200, 100, 80, 100}}, Effect::image);
  options.cover = cat.fingerprint;
  const RedactionPlan plan = make_plan(input, nullptr, options).value();
  EXPECT_EQ(plan.cover, cat.fingerprint);
  ApplyOptions apply;
  EXPECT_EQ(apply_plan(plan, input, apply).error().kind, Error::Kind::bad_input);
  apply.cover = &dog;
  EXPECT_EQ(apply_plan(plan, input, apply).error().kind, Error::Kind::stale_plan);
  apply.cover = &cat;
  EXPECT_EQ(apply_plan(plan, input, apply).value().hidden_count, 1u);
}

TEST(Apply, APlanWithoutTheEffectImageNeedsNoPictureAndNamesNone) {
  const Bytes input = file_of(portrait(), StillFormat::png);
  PlanOptions options = only_boxes({{200, 100, 80, 100}});
  options.cover = CoverFingerprint{"cat.png", std::string(64, '7')};
  RedactionPlan plan = make_plan(input, nullptr, options).value();
  EXPECT_FALSE(plan.cover.has_value());
  plan.cover = options.cover;  // Left over in a plan that a person has edited.
  EXPECT_TRUE(apply_plan(plan, input, {}).has_value());
}

TEST(Apply, KeepsWhatAPersonDecidedToKeep) {
  const Bytes input = file_of(portrait(), StillFormat::png);
  RedactionPlan plan = make_plan(input, &detector(), {}).value();
  ASSERT_FALSE(plan.tracks.empty());
  for (Track& track : plan.tracks) track.decision = Decision::keep;
  const Applied applied = apply_plan(plan, input, {}).value();
  EXPECT_EQ(applied.hidden_count, 0u);
  EXPECT_TRUE(same_bytes(decode_still(applied.bytes).value().image, portrait()));
}

TEST(Hide, WithoutAFaceThePictureComesBackUnchanged) {
  for (const StillFormat format : {StillFormat::png, StillFormat::jpeg, StillFormat::webp,
                                   StillFormat::tiff, StillFormat::gif, StillFormat::bmp}) {
    const Bytes input = file_of(test::gradient_picture(PixelFormat::rgb8, {320, 200}), format);
    const Applied applied = hide(input, &detector(), {}, {}).value().applied;
    EXPECT_EQ(applied.hidden_count, 0u);
    EXPECT_TRUE(applied.unchanged) << format_name(format);
    EXPECT_TRUE(
        same_bytes(decode_still(applied.bytes).value().image, decode_still(input).value().image))
        << format_name(format);
  }
}

TEST(Hide, AnotherFormatCanBeAskedFor) {
  const Bytes input = file_of(portrait(), StillFormat::png);
  ApplyOptions options;
  options.format = StillFormat::jpeg;
  const Applied applied = hide(input, &detector(), {}, options).value().applied;
  EXPECT_EQ(sniff_still(applied.bytes), StillFormat::jpeg);
  EXPECT_EQ(applied.format, StillFormat::jpeg);
}

TEST(Hide, TheFrameIsDrawnOnlyWhenAskedFor) {
  const Bytes input = file_of(portrait(), StillFormat::png);
  const auto green_count = [&](bool frame) {
    ApplyOptions options;
    options.frame = frame;
    const Applied applied =
        hide(input, nullptr, only_boxes({{200, 100, 100, 100}}), options).value().applied;
    const Image image = decode_still(applied.bytes).value().image;
    int count = 0;
    for (int i = 0; i < 640 * 480; ++i) {
      const uint8_t* p = image.row<uint8_t>(0) + i * 3;
      count += p[0] == 0 && p[1] == 255 && p[2] == 0;
    }
    return count;
  };
  EXPECT_EQ(green_count(false), 0);
  EXPECT_EQ(green_count(true), 100 * 100 - 96 * 96);  // 2 px wide on a small picture.
}

TEST(Hide, DamagedInputIsAnError) {
  Bytes input = file_of(portrait(), StillFormat::jpeg);
  input.resize(input.size() / 2);
  EXPECT_EQ(hide(input, &detector(), {}, {}).error().kind, Error::Kind::bad_input);
  EXPECT_EQ(hide(as_bytes("no picture"), &detector(), {}, {}).error().kind,
            Error::Kind::unsupported);
}

TEST(Detect, PrintsTheDocumentedJson) {
  const Bytes input = file_of(portrait(), StillFormat::png);
  const Detection detection = detect_faces(input, detector(), 0.2f).value();
  const auto json = nlohmann::json::parse(format_detection(detection, "a.png", 12.34));
  EXPECT_EQ(json["image"], "a.png");
  EXPECT_EQ(json["width"], 640);
  EXPECT_EQ(json["height"], 480);
  EXPECT_EQ(json["ms"], 12.3);
  ASSERT_GE(json["faces"].size(), 1u);
  const auto& face = json["faces"][0];
  EXPECT_EQ(face["box"].size(), 4u);
  EXPECT_LT(face["box"][0], face["box"][2]);
  EXPECT_EQ(face["keypoints"].size(), 6u);
  EXPECT_EQ(face["detector"], "fusion");
  EXPECT_FALSE(nlohmann::json::parse(format_detection(detection, "", 1)).contains("image"));
}

}  // namespace
}  // namespace faceveil
