// Looks for faces and writes down what would be hidden.

#include <algorithm>

#include "base/sha256.h"
#include "pipeline/still_steps.h"

namespace faceveil {
namespace {

// A person may have deleted tracks: ids are counted on from the highest.
uint32_t free_id(const RedactionPlan& plan) {
  uint32_t highest = 0;
  for (const Track& track : plan.tracks) highest = std::max(highest, track.id);
  return highest + 1;
}

Track new_track(const RedactionPlan& plan, const PlanOptions& options) {
  Track track;
  track.id = free_id(plan);
  track.effect = options.effect;
  track.shape = options.shape;
  return track;
}

// A box drawn by a person is taken at its word: no growth.
void add_boxes(RedactionPlan& plan, const PlanOptions& options) {
  for (const Rect& box : options.boxes) {
    Track track = new_track(plan, options);
    track.grow = 0;
    track.origin = Origin::person;
    track.keyframes = {{{0}, box, 1.0f}};
    plan.tracks.push_back(std::move(track));
  }
}

}  // namespace

void add_faces(RedactionPlan& plan, const std::vector<Face>& faces, const PlanOptions& options) {
  for (const Face& face : faces) {
    Track track = new_track(plan, options);
    track.grow = options.grow;
    track.needs_review = face.score < options.certain_min;
    track.keyframes = {{{0}, face.box, std::clamp(face.score, 0.0f, 1.0f)}};
    plan.tracks.push_back(std::move(track));
  }
}

Result<RedactionPlan> plan_for_picture(Size upright, const Image* image, BytesView input,
                                       const Detector* detector, const PlanOptions& options) {
  RedactionPlan plan;
  plan.source = {sha256_hex(input), upright};
  if (detector) {
    plan.detector = detector_name(detector->options().detector);
    add_faces(plan, TRY(detector->detect(*image, options.score_min)), options);
  }
  add_boxes(plan, options);
  if (options.effect == Effect::image) plan.cover = options.cover;
  TRY(validate(plan));
  return plan;
}

Result<RedactionPlan> make_plan(BytesView input, const Detector* detector,
                                const PlanOptions& options) {
  const Still still = TRY(decode_still(input));
  return plan_for_picture(still.image.size(), &still.image, input, detector, options);
}

}  // namespace faceveil
