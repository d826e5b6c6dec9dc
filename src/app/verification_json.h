// What verify found, as JSON: one form for `verify --json` and for reports (docs/report-format.md).
#pragma once

#include <nlohmann/json.hpp>

#include "pipeline/verify.h"

namespace faceveil {

// {"clean", "faces_added", "checks": [{"check", "outcome", "note"}], "findings": [{"check", "box"
// and "score", or "detail"}]}
nlohmann::ordered_json verification_json(const Verification&);

// The other way, but for the time that it took. What is not as above is left out.
Verification parse_verification(const nlohmann::ordered_json&);

}  // namespace faceveil
