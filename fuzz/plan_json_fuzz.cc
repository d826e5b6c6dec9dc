// Any bytes as a plan: what is accepted is written and read again without change.

#include "base/bytes.h"
#include "base/check.h"
#include "plan/plan_json.h"

using namespace faceveil;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const Result<RedactionPlan> plan = parse_plan(as_text(std::as_bytes(std::span(data, size))));
  if (!plan) return 0;
  const std::string text = format_plan(*plan);
  const Result<RedactionPlan> again = parse_plan(text);
  CHECK(again && format_plan(*again) == text);
  return 0;
}
