// What verify found, as JSON: one form for `verify --json` and for reports (docs/report-format.md).
#pragma once

#include <nlohmann/json.hpp>

#include "pipeline/verify.h"

namespace faceveil {

// {"clean", "faces_added", "checks": [{"check", "outcome", "note"}], "findings": [{"check", "box"
// and "score", or "detail"}]}
nlohmann::ordered_json verification_json(const Verification&, Language = current_language());

// The same to be kept and read again: "note" and "detail" as {"text", "args"}, to be told in any
// language later.
nlohmann::ordered_json stored_verification(const Verification&);
// What is not as stored_verification() writes it is left out; so is the time that it took.
Verification parse_verification(const nlohmann::ordered_json&);

}  // namespace faceveil
