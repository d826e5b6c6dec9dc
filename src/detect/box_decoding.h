// The numbers that a BlazeFace network gives for each anchor, as faces in the picture.
#pragma once

#include <span>
#include <vector>

#include "detect/detector.h"
#include "detect/letterbox.h"

namespace faceveil {

// Numbers an anchor: centre dx, dy, width, height, then six key points dx, dy; all in pixels of the
// network's input, offsets from the anchor.
inline constexpr int values_per_anchor = 16;

// One face for each anchor whose score, sigmoid(logit limited to +-100), reaches `score_min`, in
// order of anchors. Boxes that are not finite or have no area are left out. `logits` holds one
// number an anchor, `values` sixteen.
std::vector<Face> decode_faces(std::span<const Point> anchors, std::span<const float> logits,
                               std::span<const float> values, const LetterboxGeometry&,
                               float score_min, DetectorId);

}  // namespace faceveil
