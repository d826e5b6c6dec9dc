// The numbers that a BlazeFace network gives for each anchor, as faces in the picture.
#pragma once

#include <span>
#include <vector>

#include "detect/detector.h"
#include "detect/face_network.h"
#include "detect/letterbox.h"
#include "nn/runtime.h"

namespace faceveil {

// Numbers an anchor: centre dx, dy, width, height, then six key points dx, dy; all in pixels of the
// network's input, offsets from the anchor.
inline constexpr int values_per_anchor = 16;

// Which of a network's outputs is which.
struct OutputIndices {
  size_t values = 0, logits = 0;
};

// Errors: bad_input (not the outputs of a BlazeFace network with so many anchors).
Result<OutputIndices> find_outputs(const nn::Runtime&, size_t anchor_count);

// The logit limited to +-100.
float limited(float logit);

// What the network says of one anchor, in pixels of its input. Limits the logit.
Candidate decode_anchor(Point anchor, float logit, std::span<const float, values_per_anchor>);

// Finite, with an area above zero.
bool is_sound(const Rect& box);

// One face for each anchor whose score, sigmoid(logit limited to +-100), reaches `score_min`, in
// order of anchors. Boxes that are not finite or have no area are left out. `logits` holds one
// number an anchor, `values` sixteen.
std::vector<Face> decode_faces(std::span<const Point> anchors, std::span<const float> logits,
                               std::span<const float> values, const LetterboxGeometry&,
                               float score_min, DetectorId);

}  // namespace faceveil
