// The two halves of the work on a picture that is decoded already. Private to the pipeline.
#pragma once

#include "media/still.h"
#include "pipeline/pipeline.h"

namespace faceveil {

// Faces and hand-drawn boxes of `still` as a plan for the file `input` that it was decoded from.
Result<RedactionPlan> plan_for_still(const Still& still, BytesView input, const Detector* detector,
                                     const PlanOptions&);

// Hides what the plan says and encodes. `input` is the file that `still` was decoded from.
Result<Applied> apply_to_still(const RedactionPlan&, Still still, BytesView input,
                               const ApplyOptions&);

}  // namespace faceveil
