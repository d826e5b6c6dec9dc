#include "detect/weighted_nms.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "detect/box_decoding.h"
#include "detect/model_catalogue.h"

namespace faceveil {
namespace {

Face face_at(float x, float score) {
  Face face;
  face.box = {x, 0, 10, 10};
  face.keypoints.emplace().fill({x, 5});
  face.score = score;
  return face;
}

TEST(WeightedNms, MergesAClusterByScore) {
  const std::vector<Face> faces = weighted_nms({face_at(0, 0.25f), face_at(2, 0.75f)}, 0.3f);
  ASSERT_EQ(faces.size(), 1u);
  EXPECT_FLOAT_EQ(faces[0].box.x, 1.5f);
  EXPECT_FLOAT_EQ(faces[0].box.width, 10);
  EXPECT_FLOAT_EQ((*faces[0].keypoints)[3].x, 1.5f);
  EXPECT_FLOAT_EQ(faces[0].score, 0.75f);
}

TEST(WeightedNms, MeasuresOverlapWithTheBestFaceNotWithTheMean) {
  // The third overlaps the second but not the best: it stays on its own.
  const std::vector<Face> faces =
      weighted_nms({face_at(0, 0.9f), face_at(5, 0.8f), face_at(10, 0.7f)}, 0.3f);
  ASSERT_EQ(faces.size(), 2u);
  EXPECT_FLOAT_EQ(faces[1].box.x, 10);
}

TEST(WeightedNms, ResultsAreSortedAndApart) {
  const uint32_t seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  std::uniform_real_distribution<float> place(0, 300), score(0.01f, 1);
  std::vector<Face> candidates;
  for (int i = 0; i < 200; ++i) candidates.push_back(face_at(place(random), score(random)));
  const std::vector<Face> faces = weighted_nms(candidates, 0.3f);
  EXPECT_FALSE(faces.empty());
  EXPECT_LE(faces.size(), candidates.size());
  for (size_t i = 1; i < faces.size(); ++i) EXPECT_GE(faces[i - 1].score, faces[i].score);
}

TEST(WeightedNms, OfNothingIsNothing) { EXPECT_TRUE(weighted_nms({}, 0.3f).empty()); }

TEST(BoxDecoding, PlacesOffsetsAtTheAnchorInThePicture) {
  const std::vector<Point> anchors = {{2, 2}, {6, 2}};
  const std::vector<float> logits = {-200, 0};
  std::vector<float> values(2 * values_per_anchor, 0.0f);
  values[16] = 1, values[17] = 2, values[18] = 4, values[19] = 6;  // Centre and size.
  values[20] = -1, values[21] = 1;                                 // Right eye.
  const LetterboxGeometry geometry({384, 192}, 192);               // 2 pixels a sample, 96 above.
  const std::vector<Face> faces =
      decode_faces(anchors, logits, values, geometry, 0.2f, DetectorId::blazeface_short);
  ASSERT_EQ(faces.size(), 1u);
  EXPECT_EQ(faces[0].box, (Rect{10, 2 * 1 - 96, 8, 12}));
  EXPECT_EQ((*faces[0].keypoints)[0], (Point{10, 6 - 96}));
  EXPECT_FLOAT_EQ(faces[0].score, 0.5f);
  EXPECT_EQ(faces[0].detector, DetectorId::blazeface_short);
}

TEST(BoxDecoding, LeavesOutWhatIsNoBox) {
  const std::vector<Point> anchors(4, Point{2, 2});
  const std::vector<float> logits = {5, 5, NAN, 5};
  std::vector<float> values(4 * values_per_anchor, 1.0f);
  values[2] = -1;
  values[16 + 3] = INFINITY;
  const LetterboxGeometry geometry({192, 192}, 192);
  EXPECT_EQ(decode_faces(anchors, logits, values, geometry, 0.2f, {}).size(), 1u);
}

}  // namespace
}  // namespace faceveil
