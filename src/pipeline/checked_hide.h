// Hides, looks again at what was made, and hides what was found too.
#pragma once

#include "pipeline/pipeline.h"
#include "pipeline/verify.h"

namespace faceveil {

// The search for a second look where nobody chose one: harder than the first. Quick search is never
// it: its scores are not calibrated, it would find faces where there are none.
Search harder_search(Search first);

// How the second look is done.
struct SecondLook {
  // Borrowed; mostly one that looks harder than the first. Null: no faces are looked for, the bytes
  // are all the same.
  const Detector* detector = nullptr;
  // So many times at most a face that verify finds is added to the plan, and the picture hidden
  // anew from the input. What stays then is in the verification.
  int further_rounds_max = 2;
  BeforeStep before = {};  // Called before each step of the whole work, the first look's too.
};

struct Checked {
  Hidden hidden;              // The plan with the faces that verify added, marked for review.
  Verification verification;  // Of hidden.applied.bytes; all rounds' milliseconds.
};

// How a face that is found besides is hidden: as the detector's own of the plan.
PlanOptions options_for_found(const RedactionPlan&);

// As hide and apply_plan, then verify. `for_found` says how added faces are hidden. Errors also:
// those of `before`.
Result<Checked> hide_and_verify(BytesView input, const Detector* detector, const PlanOptions&,
                                const ApplyOptions&, const SecondLook&);
Result<Checked> apply_and_verify(RedactionPlan, BytesView input, const PlanOptions& for_found,
                                 const ApplyOptions&, const SecondLook&);

}  // namespace faceveil
