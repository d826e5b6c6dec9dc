// Hides, looks again at what was made, and hides what was found too.

#include <algorithm>

#include "base/language.h"
#include "pipeline/still_steps.h"
#include "pipeline/verify.h"

namespace faceveil {
namespace {

constexpr int further_rounds_max = 2;

uint32_t free_id(const RedactionPlan& plan) {
  uint32_t id = 0;
  for (const Track& track : plan.tracks) id = std::max(id, track.id);
  return id + 1;
}

// A face that verify found becomes a track like the detector's own, for a person to look at.
void add_found(RedactionPlan& plan, const Verification& verification, const PlanOptions& options) {
  for (const Finding& finding : verification.findings) {
    if (finding.check != CheckId::faces) continue;
    Track track;
    track.id = free_id(plan);
    track.effect = options.effect;
    track.shape = options.shape;
    track.grow = options.grow;
    track.needs_review = true;
    track.keyframes = {{{0}, finding.box, std::clamp(finding.score, 0.0f, 1.0f)}};
    plan.tracks.push_back(std::move(track));
  }
}

bool has_faces(const Verification& verification) {
  return std::ranges::any_of(verification.findings, [](const Finding& finding) {
    return finding.check == CheckId::faces;
  });
}

bool is_lossless(const Still& still, StillFormat format) {
  switch (format) {
    case StillFormat::jpeg:
    case StillFormat::heic:
    case StillFormat::avif:
      return false;
    case StillFormat::webp:
      return still.traits.lossless;
    case StillFormat::png:
    case StillFormat::tiff:
    case StillFormat::gif:
    case StillFormat::bmp:
      return true;
  }
  return false;
}

// What painting did outside the regions, and what the format makes of it. The digests are of the
// picture in memory, before and after.
Check locality_of(const Applied& applied, const Still& painted, bool same_outside, bool frame) {
  if (applied.unchanged) {
    return {CheckId::locality, CheckOutcome::clean, tr("Every pixel is the source's.")};
  }
  if (frame) {
    return {CheckId::locality, CheckOutcome::not_checked, tr("Green frames were to be drawn.")};
  }
  if (!same_outside) {
    return {CheckId::locality, CheckOutcome::found, tr("Painting changed pixels outside.")};
  }
  if (is_lossless(painted, applied.format)) {
    return {CheckId::locality, CheckOutcome::clean,
            tr("Every pixel outside the regions is the source's.")};
  }
  return {CheckId::locality, CheckOutcome::not_checked,
          tr("Nothing was painted outside the regions, but the format is lossy: pixels there may "
             "differ by one more encoding.")};
}

// One round: paints `still` in place, encodes it and looks at the result.
Result<Verification> round(const RedactionPlan& plan, Still& still, BytesView input,
                           const Detector* detector, const PlanOptions& plan_options,
                           const ApplyOptions& apply_options, Applied& applied) {
  const uint64_t outside = digest_outside(still.image, plan);
  applied = TRY(apply_to_still(plan, still, input, apply_options));
  const Check locality = locality_of(applied, still, digest_outside(still.image, plan) == outside,
                                     apply_options.frame);
  VerifyRequest request;
  request.output = applied.bytes;
  request.pixels = &still.image;
  request.plan = &plan;
  request.detector = detector;
  request.score_min = plan_options.score_min;
  request.locality = &locality;
  return verify(request);
}

// Effects that look at their surroundings must not see a face that is hidden only afterwards:
// every round paints the picture anew, with all regions known.
Result<Checked> run_rounds(RedactionPlan plan, Still still, BytesView input,
                           const Detector* detector, const PlanOptions& plan_options,
                           const ApplyOptions& apply_options) {
  Checked checked;
  const size_t planned = plan.tracks.size();
  double milliseconds = 0;
  for (int further = 0;; ++further) {
    checked.verification = TRY(
        round(plan, still, input, detector, plan_options, apply_options, checked.hidden.applied));
    milliseconds += checked.verification.milliseconds;
    if (further == further_rounds_max || !has_faces(checked.verification)) break;
    add_found(plan, checked.verification, plan_options);
    still = TRY(decode_still(input));
  }
  checked.verification.faces_added = plan.tracks.size() - planned;
  checked.verification.milliseconds = milliseconds;
  checked.hidden.plan = std::move(plan);
  checked.painted = std::move(still.image);
  return checked;
}

}  // namespace

Result<Checked> hide_and_verify(BytesView input, const Detector* detector,
                                const PlanOptions& plan_options,
                                const ApplyOptions& apply_options) {
  Still still = TRY(decode_still(input));
  RedactionPlan plan = TRY(plan_for_still(still, input, detector, plan_options));
  return run_rounds(std::move(plan), std::move(still), input, detector, plan_options,
                    apply_options);
}

Result<Checked> apply_and_verify(const RedactionPlan& plan, BytesView input,
                                 const Detector* detector, const PlanOptions& for_found,
                                 const ApplyOptions& options) {
  Still still = TRY(decode_for_plan(plan, input));
  return run_rounds(plan, std::move(still), input, detector, for_found, options);
}

}  // namespace faceveil
