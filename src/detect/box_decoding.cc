#include "detect/box_decoding.h"

#include <algorithm>
#include <cmath>

#include "base/check.h"

namespace faceveil {
namespace {

float score_of(float logit) {
  return 1.0f / (1.0f + std::exp(-std::clamp(logit, -100.0f, 100.0f)));
}

Point in_picture(const LetterboxGeometry& geometry, float x, float y) {
  return {static_cast<float>(geometry.picture_x(x)), static_cast<float>(geometry.picture_y(y))};
}

Face decode(Point anchor, std::span<const float, values_per_anchor> v,
            const LetterboxGeometry& geometry) {
  const float centre_x = anchor.x + v[0], centre_y = anchor.y + v[1];
  const Point corner = in_picture(geometry, centre_x - v[2] / 2, centre_y - v[3] / 2);
  const auto scale = static_cast<float>(geometry.pixels_per_sample());
  Face face;
  face.box = {corner.x, corner.y, v[2] * scale, v[3] * scale};
  for (size_t k = 0; k < face.keypoints.size(); ++k) {
    face.keypoints[k] = in_picture(geometry, anchor.x + v[4 + 2 * k], anchor.y + v[5 + 2 * k]);
  }
  return face;
}

bool is_sound(const Face& face) {
  const Rect& box = face.box;
  return std::isfinite(box.x) && std::isfinite(box.y) && std::isfinite(box.width) &&
         std::isfinite(box.height) && box.width > 0 && box.height > 0;
}

}  // namespace

std::vector<Face> decode_faces(std::span<const Point> anchors, std::span<const float> logits,
                               std::span<const float> values, const LetterboxGeometry& geometry,
                               float score_min, DetectorId detector) {
  CHECK(logits.size() == anchors.size());
  CHECK(values.size() == anchors.size() * values_per_anchor);
  std::vector<Face> faces;
  for (size_t i = 0; i < anchors.size(); ++i) {
    const float score = score_of(logits[i]);
    if (!(score >= score_min)) continue;
    const auto of_anchor = values.subspan(i * values_per_anchor).first<values_per_anchor>();
    Face face = decode(anchors[i], of_anchor, geometry);
    face.score = score;
    face.detector = detector;
    if (is_sound(face)) faces.push_back(face);
  }
  return faces;
}

}  // namespace faceveil
