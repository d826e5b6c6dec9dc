#include "app/server/voice_options.h"

#include "app/server/options.h"

namespace faceveil {
namespace {

// Each one of that name, out of the list.
Status take_spans(Fields& options, const std::string& name, bool bleep,
                  std::optional<VoiceChange>& change) {
  for (const auto& [key, value] : options) {
    if (key != name || value.empty()) continue;
    const SilencedSpan span = TRY(about(name, parse_span(value, bleep)));
    if (!change) change.emplace();
    change->silenced.push_back(span);
  }
  std::erase_if(options, [&](const auto& option) { return option.first == name; });
  return {};
}

}  // namespace

Result<std::optional<VoiceChange>> take_voice(Fields& options) {
  std::optional<VoiceChange> change;
  const auto mode = TRY(take_option(options, "voice"));
  if (mode && !mode->empty()) {
    change.emplace();
    change->mode = TRY(about("voice", parse_voice_mode(*mode)));
  }
  TRY(take_spans(options, "mute", /*bleep=*/false, change));
  TRY(take_spans(options, "bleep", /*bleep=*/true, change));
  return change;
}

}  // namespace faceveil
