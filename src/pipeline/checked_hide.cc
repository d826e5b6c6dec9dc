#include "pipeline/checked_hide.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "media/jpeg_picture.h"

namespace faceveil {
namespace {

// A face that verify found becomes a track like the detector's own, for a person to look at.
size_t add_found(RedactionPlan& plan, const Verification& verification, PlanOptions options) {
  std::vector<Face> faces;
  for (const Finding& finding : verification.findings) {
    if (finding.check != CheckId::faces) continue;
    faces.push_back({.box = finding.box, .keypoints = {}, .score = finding.score});
  }
  options.certain_min = std::numeric_limits<float>::infinity();  // However sure the look was.
  add_faces(plan, faces, options);
  return faces.size();
}

Result<Verification> look_at(const Hidden& hidden, BytesView input, const PlanOptions& for_found,
                             const ApplyOptions& options, const SecondLook& second_look) {
  VerifyRequest request;
  request.output = hidden.applied.bytes;
  request.plan = &hidden.plan;
  request.detector = second_look.detector;
  request.score_min = for_found.score_min;
  request.source = input;
  request.places_are_wanted = options.metadata.gps;
  request.has_frames = options.frame;
  request.plan_is_the_sources = true;  // Made from it, or checked when it was applied.
  request.was_encoded_again =
      std::ranges::count(hidden.applied.notes, obstacle_sentence(JpegObstacle::range)) > 0;
  return verify(request);
}

// Effects that look at their surroundings must not see a face that is hidden only afterwards: every
// round paints the input anew, with all regions known.
Result<Checked> run_rounds(Hidden hidden, BytesView input, const PlanOptions& for_found,
                           const ApplyOptions& options, const SecondLook& second_look) {
  Checked checked;
  checked.hidden = std::move(hidden);
  double milliseconds = 0;
  size_t added = 0;
  for (int further = 0;; ++further) {
    TRY(begin_step(second_look.before, WorkStep::checking));
    checked.verification = TRY(look_at(checked.hidden, input, for_found, options, second_look));
    milliseconds += checked.verification.milliseconds;
    if (further == second_look.further_rounds_max) break;
    const size_t found = add_found(checked.hidden.plan, checked.verification, for_found);
    if (found == 0) break;
    added += found;
    if (for_found.effect == Effect::image) checked.hidden.plan.cover = for_found.cover;
    TRY(begin_step(second_look.before, WorkStep::hiding));
    checked.hidden.applied = TRY(apply_plan(checked.hidden.plan, input, options));
  }
  checked.verification.faces_added = added;
  checked.verification.milliseconds = milliseconds;
  return checked;
}

}  // namespace

Search harder_search(Search first) {
  return first == Search::quick ? Search::balanced : Search::thorough;
}

PlanOptions options_for_found(const RedactionPlan& plan) {
  PlanOptions options;
  options.cover = plan.cover;
  for (const Track& track : plan.tracks) {
    if (track.decision != Decision::hide || track.origin != Origin::detector) continue;
    options.effect = track.effect;
    options.shape = track.shape;
    options.grow = track.grow;
    break;
  }
  return options;
}

Result<Checked> hide_and_verify(BytesView input, const Detector* detector,
                                const PlanOptions& plan_options, const ApplyOptions& apply_options,
                                const SecondLook& second_look) {
  Hidden hidden = TRY(hide(input, detector, plan_options, apply_options, second_look.before));
  return run_rounds(std::move(hidden), input, plan_options, apply_options, second_look);
}

Result<Checked> apply_and_verify(RedactionPlan plan, BytesView input, const PlanOptions& for_found,
                                 const ApplyOptions& options, const SecondLook& second_look) {
  TRY(begin_step(second_look.before, WorkStep::hiding));
  Hidden hidden;
  hidden.applied = TRY(apply_plan(plan, input, options));
  hidden.plan = std::move(plan);
  return run_rounds(std::move(hidden), input, for_found, options, second_look);
}

}  // namespace faceveil
