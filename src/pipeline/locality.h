// Whether everything outside the regions is as it was: verify's check of locality. Private to the
// pipeline.
#pragma once

#include "base/result.h"
#include "pipeline/verify.h"
#include "redact/hidden_map.h"

namespace faceveil {

// The pixels that the plan hides at one moment.
HiddenMap hidden_by(const RedactionPlan&, Size picture, MediaTime = {});

// By coefficients where output and source are JPEG and can be worked on so: all MCUs that no region
// touches, and the quantisation tables. By pixels where the output's format is lossless. Otherwise
// not_checked, with the reason. `output` is the decoded output. Errors: as decode_still of the
// source.
Result<Check> check_locality(const VerifyRequest&, const Image& output);

}  // namespace faceveil
