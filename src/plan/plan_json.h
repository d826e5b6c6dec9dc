// RedactionPlan as JSON text, and back. docs/plan-format.md; docs/plan.schema.json.
#pragma once

#include <string>
#include <string_view>

#include "plan/plan.h"

namespace faceveil {

// Stable key order and one line a value, but for keyframes, which have a line each, so that plans
// diff well. Ends with a newline.
std::string format_plan(const RedactionPlan&);

// Errors: bad_input, naming the field, for anything that is not exactly a valid plan: malformed
// JSON, an unknown version, an unknown or missing key, a value out of range.
Result<RedactionPlan> parse_plan(std::string_view json);

}  // namespace faceveil
