// Who speaks how from moment to moment: the drawn change of a stretch of speech, and the pitch of
// each frame measured against the speaker's own.
#pragma once

#include "plan/voice_change.h"
#include "redact/voice.h"
#include "redact/voice/pitch.h"

namespace faceveil {

// What is done to one frame; the same for all channels.
struct FrameChange {
  double alpha = 1;        // McAdams coefficient; 1 leaves the resonances.
  double pitch_ratio = 1;  // In [pitch_ratio_min, pitch_ratio_max].
  bool voiced = false;
};

inline constexpr double pitch_ratio_min = 0.7, pitch_ratio_max = 1.45;

// Draws a change when a stretch of speech begins (after a pause, or after a long stretch without
// one) and follows the pitch. All stretches of one sound lie near each other, so that the voice
// stays one voice to the ear.
class Speaking {
 public:
  Speaking(VoiceMode mode, Draws draws);

  // For one frame after the other, a hop apart.
  FrameChange next(const Pitch& pitch);

 private:
  double between(double low, double high) { return low + (high - low) * draws_(); }
  void draw_voice();
  void draw_stretch();
  double moved_pitch(const Pitch& pitch);

  VoiceMode mode_;
  Draws draws_;
  bool higher_ = false;  // Of the whole sound.
  double voice_alpha_ = 1, voice_pitch_ = 1;
  double alpha_ = 1, pitch_ = 1, movement_ = 1;  // Of the stretch.
  double mean_log_hz_ = 0;
  double ratio_ = 1;  // Of the last voiced frame, which unvoiced frames keep.
  int voiced_count_ = 0, pause_frames_ = 0, stretch_frames_ = 0;
};

}  // namespace faceveil
