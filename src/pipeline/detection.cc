// Faces as JSON, for people and programs that only want to look.

#include <cmath>
#include <nlohmann/json.hpp>

#include "pipeline/pipeline.h"

namespace faceveil {
namespace {

using Json = nlohmann::ordered_json;

// Hundredths of a pixel and thousandths of a score are beyond what the network knows.
double rounded(double value, double steps) { return std::round(value * steps) / steps; }
double pixels(float value) { return rounded(value, 100); }

Json face_json(const Face& face) {
  Json keypoints = Json::array();
  if (face.keypoints) {
    for (const Point& p : *face.keypoints) keypoints.push_back({pixels(p.x), pixels(p.y)});
  }
  const Rect& box = face.box;
  return {{"box", {pixels(box.x), pixels(box.y), pixels(box.right()), pixels(box.bottom())}},
          {"score", rounded(face.score, 10'000)},
          {"keypoints", keypoints},
          {"detector", detector_name(face.detector)}};
}

}  // namespace

Result<Detection> detect_faces(BytesView input, const Detector& detector, float score_min) {
  const Still still = TRY(decode_still(input));
  Detection detection;
  detection.size = still.image.size();
  detection.faces = TRY(detector.detect(still.image, score_min));
  return detection;
}

std::string format_detection(const Detection& detection, const std::string& image_name, double ms) {
  Json json;
  if (!image_name.empty()) json["image"] = image_name;
  json["width"] = detection.size.width;
  json["height"] = detection.size.height;
  json["faces"] = Json::array();
  for (const Face& face : detection.faces) json["faces"].push_back(face_json(face));
  json["ms"] = rounded(ms, 10);
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace faceveil
