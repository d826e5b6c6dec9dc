// The detectors on pictures that we draw ourselves.
#include "detect/detector.h"

#include <gtest/gtest.h>

#include <cmath>

#include "base/thread_pool.h"
#include "tests/support/drawn_pictures.h"

namespace faceveil {
namespace {

Detector detector_of(DetectorId id) {
  const auto models = find_model_folder();
  EXPECT_TRUE(models.has_value()) << models.error().message();
  Result<Detector> detector = Detector::create(*models, matching(id, std::nullopt));
  EXPECT_TRUE(detector.has_value()) << detector.error().message();
  return std::move(*detector);
}

Image canvas_with_face(Size size, Rect face) {
  Image picture = test::gradient_picture(PixelFormat::rgb8, size);
  test::draw_face(picture, face);
  return picture;
}

bool is_on(const Face& face, const Rect& drawn) {
  const float x = face.box.x + face.box.width / 2, y = face.box.y + face.box.height / 2;
  return x > drawn.x && x < drawn.right() && y > drawn.y && y < drawn.bottom();
}

TEST(Detector, FindsADrawnFaceAtManySizesWithAMargin) {
  const Detector detector = detector_of(DetectorId::blazeface_full);
  for (const float height : {100.0f, 140.0f, 200.0f, 300.0f}) {
    for (const float x : {60.0f, 210.0f, 330.0f}) {
      const Rect drawn{x, 100, height * 0.8f, height};
      const auto faces = detector.detect(canvas_with_face({640, 480}, drawn));
      ASSERT_TRUE(faces.has_value());
      ASSERT_EQ(faces->size(), 1u) << height << " px at " << x;
      EXPECT_TRUE(is_on((*faces)[0], drawn));
      EXPECT_GE((*faces)[0].score, 0.4f) << height << " px at " << x;
    }
  }
}

TEST(Detector, EveryDetectorFindsALargeDrawnFace) {
  const Rect drawn{220, 120, 200, 240};
  const Image picture = canvas_with_face({640, 480}, drawn);
  for (const DetectorId id : {DetectorId::blazeface_full, DetectorId::blazeface_full_sparse,
                              DetectorId::blazeface_short}) {
    const auto faces = detector_of(id).detect(picture);
    ASSERT_TRUE(faces.has_value());
    ASSERT_EQ(faces->size(), 1u) << detector_name(id);
    const Face& face = (*faces)[0];
    EXPECT_TRUE(is_on(face, drawn));
    EXPECT_EQ(face.detector, id);
    // The person's right eye is at the left of the picture, and above the mouth.
    ASSERT_TRUE(face.keypoints.has_value());
    const Keypoints& points = *face.keypoints;
    EXPECT_LT(points[0].x, points[1].x);
    EXPECT_LT(points[0].y, points[3].y);
  }
}

TEST(Detector, FindsNothingInAnEmptyScene) {
  const Detector detector = detector_of(DetectorId::blazeface_full);
  const auto faces = detector.detect(test::gradient_picture(PixelFormat::rgb8, {640, 480}));
  ASSERT_TRUE(faces.has_value());
  EXPECT_TRUE(faces->empty());
}

TEST(Detector, AHigherThresholdKeepsNoMoreFaces) {
  const Detector detector = detector_of(DetectorId::blazeface_full);
  const Image picture = canvas_with_face({640, 480}, {220, 120, 200, 240});
  size_t before = 10'000;
  for (const float score_min : {0.05f, 0.2f, 0.5f, 0.9f, 1.0f}) {
    const auto faces = detector.detect(picture, score_min);
    ASSERT_TRUE(faces.has_value());
    for (const Face& face : *faces) EXPECT_GE(face.score, score_min);
    EXPECT_LE(faces->size(), before);
    before = faces->size();
  }
}

TEST(Detector, RefusesAThresholdOutsideItsRangeAndAnEmptyPicture) {
  const Detector detector = detector_of(DetectorId::blazeface_short);
  const Image picture = test::gradient_picture(PixelFormat::rgb8, {64, 64});
  for (const float score_min : {0.0f, -1.0f, 1.5f, NAN}) {
    EXPECT_FALSE(detector.detect(picture, score_min).has_value()) << score_min;
  }
  EXPECT_FALSE(detector.detect(Image()).has_value());
}

TEST(Detector, GivesTheSameFacesOnAnyThread) {
  const Detector detector = detector_of(DetectorId::blazeface_full);
  const Image picture = canvas_with_face({640, 480}, {220, 120, 200, 240});
  constexpr size_t count = 16;
  std::vector<std::vector<Face>> results(count);
  parallel_for(count, 4, [&](size_t i) {
    auto faces = detector.detect(picture, 0.05f);
    if (faces) results[i] = std::move(*faces);
  });
  ASSERT_FALSE(results[0].empty());
  for (const std::vector<Face>& faces : results) {
    ASSERT_EQ(faces.size(), results[0].size());
    for (size_t i = 0; i < faces.size(); ++i) {
      EXPECT_EQ(faces[i].box, results[0][i].box);
      EXPECT_EQ(faces[i].score, results[0][i].score);
      EXPECT_EQ(faces[i].keypoints, results[0][i].keypoints);
    }
  }
}

TEST(Detector, StopsWhereverItIsAskedToAndElseDoesNotChange) {
  const Detector detector = detector_of(DetectorId::fusion);
  const Image picture = canvas_with_face({640, 480}, {220, 120, 200, 240});
  int asked = 0;
  const auto faces = detector.stoppable([&] { return ++asked < 0; }).detect(picture);
  EXPECT_EQ(*faces, *detector.detect(picture));
  // The last ones are close looks, after all strips.
  for (const int patience : {0, 1, asked / 2, asked - 1}) {
    int count = 0;
    const auto stopped = detector.stoppable([&] { return ++count > patience; }).detect(picture);
    ASSERT_FALSE(stopped.has_value()) << patience << " of " << asked;
    EXPECT_EQ(stopped.error().kind, Error::Kind::cancelled);
  }
}

TEST(Detector, LendsItsOtherSearchWhichIsAsIfMadeForIt) {
  const Image picture = canvas_with_face({160, 120}, {50, 30, 50, 60});
  const std::filesystem::path models = find_model_folder().value();
  const Detector balanced = Detector::create(models, matching({}, Search::balanced)).value();
  const Detector thorough = Detector::create(models, matching({}, Search::thorough)).value();
  EXPECT_EQ(balanced.searching(Search::thorough).detect(picture, 0.02f).value(),
            thorough.detect(picture, 0.02f).value());
  EXPECT_EQ(thorough.searching(Search::balanced).detect(picture, 0.02f).value(),
            balanced.detect(picture, 0.02f).value());
  EXPECT_EQ(balanced.searching(Search::thorough).options().search, Search::thorough);
  // A request to stop stays with it.
  const auto stopped =
      balanced.stoppable([] { return true; }).searching(Search::thorough).detect(picture);
  ASSERT_FALSE(stopped.has_value());
  EXPECT_EQ(stopped.error().kind, Error::Kind::cancelled);
}

TEST(Detector, NamesTheModelFileThatIsMissing) {
  const auto quick = Detector::create("/nowhere", matching({}, Search::quick));
  ASSERT_FALSE(quick.has_value());
  EXPECT_EQ(quick.error().kind, Error::Kind::io);
  EXPECT_EQ(quick.error().subject, "/nowhere/face_detection_full_range.tflite");
  const auto fusion = Detector::create("/nowhere", {});
  ASSERT_FALSE(fusion.has_value());
  EXPECT_EQ(fusion.error().kind, Error::Kind::io);
  EXPECT_EQ(fusion.error().subject, "/nowhere/fusion.json");
}

}  // namespace
}  // namespace faceveil
