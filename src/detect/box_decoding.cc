#include "detect/box_decoding.h"

#include <algorithm>
#include <cmath>

#include "base/check.h"

namespace faceveil {
namespace {

float score_of(float logit) { return 1.0f / (1.0f + std::exp(-logit)); }

Point in_picture(const LetterboxGeometry& geometry, Point p) {
  return {static_cast<float>(geometry.picture_x(p.x)), static_cast<float>(geometry.picture_y(p.y))};
}

Face as_face(const Candidate& candidate, const LetterboxGeometry& geometry) {
  const Rect& box = candidate.box;
  const Point corner = in_picture(geometry, {box.x, box.y});
  const auto scale = static_cast<float>(geometry.pixels_per_sample());
  Face face;
  face.box = {corner.x, corner.y, box.width * scale, box.height * scale};
  face.keypoints = candidate.keypoints;
  for (Point& point : *face.keypoints) point = in_picture(geometry, point);
  return face;
}

}  // namespace

Result<OutputIndices> find_outputs(const nn::Runtime& runtime, size_t anchor_count) {
  OutputIndices found{runtime.output_count(), runtime.output_count()};
  for (size_t i = 0; i < runtime.output_count(); ++i) {
    const nn::Shape shape = runtime.output_shape(i);
    if (shape.width != 1 || static_cast<size_t>(shape.height) != anchor_count) continue;
    if (shape.channels == values_per_anchor) found.values = i;
    if (shape.channels == 1) found.logits = i;
  }
  if (found.values == runtime.output_count() || found.logits == runtime.output_count()) {
    return fail(Error::Kind::bad_input,
                "The model file is not the face network that it should be.");
  }
  return found;
}

float limited(float logit) { return std::clamp(logit, -100.0f, 100.0f); }

Candidate decode_anchor(Point anchor, float logit, std::span<const float, values_per_anchor> v) {
  Candidate candidate;
  candidate.anchor = anchor;
  candidate.logit = limited(logit);
  const float centre_x = anchor.x + v[0], centre_y = anchor.y + v[1];
  candidate.box = {centre_x - v[2] / 2, centre_y - v[3] / 2, v[2], v[3]};
  Keypoints& keypoints = candidate.keypoints.emplace();
  for (size_t k = 0; k < keypoints.size(); ++k) {
    keypoints[k] = {anchor.x + v[4 + 2 * k], anchor.y + v[5 + 2 * k]};
  }
  return candidate;
}

bool is_sound(const Rect& box) {
  return std::isfinite(box.x) && std::isfinite(box.y) && std::isfinite(box.width) &&
         std::isfinite(box.height) && box.width > 0 && box.height > 0;
}

std::vector<Face> decode_faces(std::span<const Point> anchors, std::span<const float> logits,
                               std::span<const float> values, const LetterboxGeometry& geometry,
                               float score_min, DetectorId detector) {
  CHECK(logits.size() == anchors.size());
  CHECK(values.size() == anchors.size() * values_per_anchor);
  std::vector<Face> faces;
  for (size_t i = 0; i < anchors.size(); ++i) {
    const float score = score_of(limited(logits[i]));
    if (!(score >= score_min)) continue;
    const auto of_anchor = values.subspan(i * values_per_anchor).first<values_per_anchor>();
    Face face = as_face(decode_anchor(anchors[i], logits[i], of_anchor), geometry);
    face.score = score;
    face.detector = detector;
    if (is_sound(face.box)) faces.push_back(face);
  }
  return faces;
}

}  // namespace faceveil
