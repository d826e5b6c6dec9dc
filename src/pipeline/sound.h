// A sound file in, a sound file out, its voices changed. Works in memory and touches no file.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "media/audio_file.h"
#include "plan/voice_change.h"
#include "redact/voice.h"

namespace faceveil {

struct HiddenSound {
  Bytes bytes;
  AudioFormat format = AudioFormat::wav;  // The input's.
  std::vector<std::string> dropped;       // Tags, pictures, chapters that the output has not.
};

// Where `change` changes nothing, the sound is copied as it is coded. Asks `stop_requested` (may be
// empty) between blocks. Errors: as AudioReader and AudioWriter; cancelled.
Result<HiddenSound> hide_sound(BytesView input, const VoiceChange& change, const Draws& draws,
                               const std::function<bool()>& stop_requested);

// What a mode can promise and what not, as an English sentence with a Chinese twin.
std::string_view voice_claim(VoiceMode mode);

}  // namespace faceveil
