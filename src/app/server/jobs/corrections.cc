#include "app/server/jobs/corrections.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/limits.h"
#include "plan/plan_json.h"

namespace faceveil {
namespace {

using Json = nlohmann::ordered_json;

// The plan's own document with the parts sent, so that one parser judges both forms.
Result<std::string> whole_document(const RedactionPlan& plan, std::string_view text) {
  if (static_cast<int64_t>(text.size()) > limits::plan_bytes_max) return std::string(text);
  Json json = Json::parse(text, nullptr, /*allow_exceptions=*/false);
  const size_t parts = json.is_object() ? json.contains("tracks") + json.contains("voice") : 0;
  if (parts == 0 || json.size() != parts) return std::string(text);
  Json whole = Json::parse(format_plan(plan), nullptr, /*allow_exceptions=*/false);
  for (const char* part : {"tracks", "voice"}) {
    if (json.contains(part)) whole[part] = std::move(json[part]);
  }
  return whole.dump(-1, ' ', false, Json::error_handler_t::replace);
}

bool is_as_found(const Track& track, const std::vector<Track>& found) {
  const auto same = std::ranges::find(found, track.id, &Track::id);
  return same != found.end() && same->keyframes == track.keyframes &&
         same->decision == track.decision && same->origin == Origin::detector;
}

}  // namespace

Result<RedactionPlan> corrected_plan(const RedactionPlan& plan, const std::vector<Track>& found,
                                     std::string_view json) {
  const std::string document = TRY(whole_document(plan, json));
  RedactionPlan corrected = TRY(parse_plan(document));
  if (corrected.source != plan.source || corrected.cover != plan.cover) {
    return fail(Error::Kind::stale_plan, "This plan was made from another picture.");
  }
  corrected.source_name = plan.source_name;
  corrected.detector = plan.detector;
  for (Track& track : corrected.tracks) {
    track.origin = is_as_found(track, found) ? Origin::detector : Origin::person;
    for (Keyframe& keyframe : track.keyframes) {
      if (track.origin == Origin::person && track.decision == Decision::hide) keyframe.score = 1;
    }
  }
  return corrected;
}

}  // namespace faceveil
