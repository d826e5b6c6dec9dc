// A person's corrections to a plan, as a client sends them.
#pragma once

#include <string_view>
#include <vector>

#include "base/result.h"
#include "plan/plan.h"

namespace faceveil {

// `plan` with what `json` says: a whole plan, or an object with "tracks", "voice", or both. Who
// drew a track is not believed but found out: one whose box and decision are those of the same
// track in `found` (what the detector said) is the detector's, every other one a person's. Errors:
// as parse_plan; stale_plan where a whole plan is of another picture.
Result<RedactionPlan> corrected_plan(const RedactionPlan& plan, const std::vector<Track>& found,
                                     std::string_view json);

}  // namespace faceveil
