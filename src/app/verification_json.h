// What verify found, as JSON: one form for `verify --json` and for reports (docs/report-format.md).
#pragma once

#include <nlohmann/json.hpp>

#include "pipeline/verify.h"

namespace faceveil {

// {"clean", "checks": [{"check", "outcome", "note"}], "findings": [{"check", "box" and "score", or
// "detail"}]}
nlohmann::ordered_json verification_json(const Verification&);

}  // namespace faceveil
