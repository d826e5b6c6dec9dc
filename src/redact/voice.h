// Changes or silences the voices of a sound, block by block. docs/voice.md says what each mode
// does, what was measured of it, and what it does not protect against.
#pragma once

#include <functional>
#include <memory>

#include "base/result.h"
#include "media/audio.h"
#include "plan/voice_change.h"

namespace faceveil {

// Uniform numbers in [0, 1), asked for one by one. Tests bring their own; everybody else uses
// system_draws(), whose numbers come from the kernel's generator (getrandom) and are kept nowhere.
using Draws = std::function<double()>;
Draws system_draws();

// One stream of sound, in order. What comes out has exactly as many samples as what went in, at the
// same times; process() holds some of it back (`delay_ms_max` at most, and memory does not grow
// with the length), finish() gives the rest. Same input, change and draws: same samples, however
// the input is cut into blocks.
//
//   VoiceChanger changer(change, layout, system_draws());
//   for (AudioBlock& block : blocks) sink(changer.process(block));   // May give an empty block.
//   sink(changer.finish());
//
// Blocks follow one another without gaps: the caller fills gaps with silence. Samples that are not
// finite are taken for silence.
class VoiceChanger {
 public:
  static constexpr int delay_ms_max = 200;

  // The layout lies within the limits of media/audio.h (CHECK).
  VoiceChanger(const VoiceChange& change, AudioLayout layout, const Draws& draws = system_draws());
  ~VoiceChanger();
  VoiceChanger(VoiceChanger&&) noexcept;
  VoiceChanger& operator=(VoiceChanger&&) noexcept;

  // The samples that are finished now. The time of the first block is where silenced spans are
  // counted from; the times of later blocks are not looked at.
  AudioBlock process(const AudioBlock& block);
  // All that was held back. Only once, at the end.
  AudioBlock finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace faceveil
