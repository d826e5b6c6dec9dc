// What a request wants done to voices.
#pragma once

#include <optional>

#include "app/server/http.h"
#include "plan/voice_change.h"

namespace faceveil {

// Takes `voice`, and each `mute` and `bleep` (they may be repeated), out of the options. Absent
// where none is said. Errors: bad_input, naming the option.
Result<std::optional<VoiceChange>> take_voice(Fields& options);

}  // namespace faceveil
