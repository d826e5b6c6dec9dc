// What is to happen to the sound: the part of a plan that voices have.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"

namespace faceveil {

// docs/voice.md: what each can promise. `mute` is the only one that hides a voice from a machine.
enum class VoiceMode : uint8_t { keep, mute, disguise, robot };

std::string_view voice_mode_name(VoiceMode);
Result<VoiceMode> parse_voice_mode(std::string_view);

// A stretch that nobody may hear, half open, on the media's own clock.
struct SilencedSpan {
  MediaTime from, to;
  bool bleep = false;  // A tone of 1 kHz in place of silence.
  bool operator==(const SilencedSpan&) const = default;
};

// The random draw behind `disguise` is no part of it: whoever had the draw could undo the change.
struct VoiceChange {
  VoiceMode mode = VoiceMode::keep;
  std::vector<SilencedSpan> silenced;  // In any order; they may overlap.
  bool operator==(const VoiceChange&) const = default;

  // Whether any sample of the sound may change.
  bool changes_anything() const { return mode != VoiceMode::keep || !silenced.empty(); }
};

// "1:02-1:09", "62.5-69", "1:00:02-1:00:09.25". Errors: bad_input.
Result<SilencedSpan> parse_span(std::string_view text, bool bleep);

// Spans that begin at or after 0 and end after they begin. Errors: bad_input, naming the field as
// in the JSON ("voice.silenced[2]").
Status validate(const VoiceChange&);

}  // namespace faceveil
