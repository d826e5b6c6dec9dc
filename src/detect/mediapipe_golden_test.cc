// Quick search against the official solution: @mediapipe/face_detection's own detections on the
// same pixels, for its three networks at threshold 0.2.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <iostream>
#include <nlohmann/json.hpp>
#include <string>

#include "base/files.h"
#include "base/limits.h"
#include "detect/detector.h"
#include "media/still.h"
#include "tests/support/shared_data.h"

namespace faceveil {
namespace {

struct Official {
  Rect box;
  std::array<Point, 6> keypoints;
  float score = 0;
};

struct GoldenPicture {
  std::string image, model;
  std::vector<Official> faces;
};

Official parse_official(const nlohmann::json& json) {
  const auto& box = json.at("box");
  Official face;
  face.box.x = box[0], face.box.y = box[1];
  face.box.width = box[2].get<float>() - face.box.x;
  face.box.height = box[3].get<float>() - face.box.y;
  for (size_t k = 0; k < face.keypoints.size(); ++k) {
    face.keypoints[k] = {json.at("keypoints")[k][0], json.at("keypoints")[k][1]};
  }
  face.score = json.at("score");
  return face;
}

std::vector<GoldenPicture> read_golden(const std::filesystem::path& file, double threshold) {
  const Result<Bytes> bytes = read_file(file, limits::input_bytes_max);
  if (!bytes) return {};
  const nlohmann::json json = nlohmann::json::parse(as_text(*bytes), nullptr, false);
  std::vector<GoldenPicture> pictures;
  for (const auto& entry : json) {
    if (entry.at("min_confidence") != threshold) continue;
    GoldenPicture picture{entry.at("image"), entry.at("model"), {}};
    for (const auto& face : entry.at("detections")) picture.faces.push_back(parse_official(face));
    pictures.push_back(std::move(picture));
  }
  return pictures;
}

// The largest distance between two corners or key points, as a share of the face's width.
float largest_distance(const Face& ours, const Official& official) {
  const Rect &a = ours.box, &b = official.box;
  float largest = std::max({std::abs(a.x - b.x), std::abs(a.y - b.y),
                            std::abs(a.right() - b.right()), std::abs(a.bottom() - b.bottom())});
  for (size_t k = 0; k < ours.keypoints->size(); ++k) {
    const Point p = (*ours.keypoints)[k], q = official.keypoints[k];
    largest = std::max({largest, std::abs(p.x - q.x), std::abs(p.y - q.y)});
  }
  return largest / b.width;
}

const Face* best_match(const std::vector<Face>& faces, const Rect& box) {
  const Face* best = nullptr;
  float best_overlap = 0;
  for (const Face& face : faces) {
    const float overlap = intersection_over_union(face.box, box);
    if (overlap > best_overlap) best = &face, best_overlap = overlap;
  }
  return best;
}

// What was measured over all pictures of a network.
struct Tally {
  size_t official = 0, ours = 0;
  float distance = 0, score_difference = 0;  // Largest, without sample3.
};

// sample3's upper and lower border lie exactly on samples of the letterbox, where a rounding error
// decides between the picture and black.
bool is_on_the_border(const GoldenPicture& picture) {
  return picture.image.find("sample3") != std::string::npos;
}

void compare(const GoldenPicture& golden, const std::vector<Face>& faces, Tally& tally) {
  const float tolerance = is_on_the_border(golden) ? 0.02f : 0.005f;
  const float score_tolerance = is_on_the_border(golden) ? 0.02f : 0.005f;
  tally.official += golden.faces.size();
  tally.ours += faces.size();
  for (const Official& official : golden.faces) {
    const Face* ours = best_match(faces, official.box);
    ASSERT_NE(ours, nullptr) << golden.image;
    EXPECT_GE(intersection_over_union(ours->box, official.box), 0.9f) << golden.image;
    const float distance = largest_distance(*ours, official);
    const float score_difference = std::abs(ours->score - official.score);
    EXPECT_LE(distance, tolerance) << golden.image;
    EXPECT_LE(score_difference, score_tolerance) << golden.image;
    if (is_on_the_border(golden)) continue;
    tally.distance = std::max(tally.distance, distance);
    tally.score_difference = std::max(tally.score_difference, score_difference);
  }
}

struct Network {
  const char* model;  // As the golden file calls it.
  DetectorId detector;
};

// GoogleTest would name the cases after the bytes of the pointer otherwise.
void PrintTo(const Network& network, std::ostream* out) { *out << network.model; }

class MediaPipeGolden : public testing::TestWithParam<Network> {};

TEST_P(MediaPipeGolden, EveryOfficialFaceIsFoundInItsPlace) {
  const auto file = SHARED_OR_SKIP("eval/mediapipe_golden.json");
  const auto models = find_model_folder();
  ASSERT_TRUE(models.has_value()) << models.error().message();
  const auto detector = Detector::create(*models, matching(GetParam().detector, std::nullopt));
  ASSERT_TRUE(detector.has_value()) << detector.error().message();
  Tally tally;
  for (const GoldenPicture& golden : read_golden(file, 0.2)) {
    if (golden.model != GetParam().model) continue;
    const auto bytes = read_file(test::shared_folder() / golden.image, limits::input_bytes_max);
    ASSERT_TRUE(bytes.has_value()) << golden.image;
    const auto still = decode_still(*bytes);
    ASSERT_TRUE(still.has_value()) << golden.image << ": " << still.error().message();
    const auto faces = detector->detect(still->image);
    ASSERT_TRUE(faces.has_value()) << golden.image;
    compare(golden, *faces, tally);
  }
  ASSERT_GT(tally.official, 0u);
  EXPECT_LE(static_cast<double>(tally.ours), 1.02 * static_cast<double>(tally.official));
  std::cout << GetParam().model << ": official " << tally.official << ", ours " << tally.ours
            << ", largest distance " << tally.distance << " of a face's width, largest score"
            << " difference " << tally.score_difference << " (both without sample3)\n";
}

std::string name_of_network(const testing::TestParamInfo<Network>& info) {
  return info.param.model;
}

INSTANTIATE_TEST_SUITE_P(Networks, MediaPipeGolden,
                         testing::Values(Network{"full_dense", DetectorId::blazeface_full},
                                         Network{"full", DetectorId::blazeface_full_sparse},
                                         Network{"short", DetectorId::blazeface_short}),
                         name_of_network);

}  // namespace
}  // namespace faceveil
