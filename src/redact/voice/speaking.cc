#include "redact/voice/speaking.h"

#include <algorithm>
#include <cmath>

namespace faceveil {
namespace {

// In frames of 16 ms: a pause between sentences, and the longest stretch with one draw.
constexpr int pause_frames_min = 25, stretch_frames_max = 625;
// The mean pitch follows the speaker over about a second.
constexpr double mean_follow = 0.02;
constexpr int mean_settle_frames = 50;

}  // namespace

Speaking::Speaking(VoiceMode mode, Draws draws) : mode_(mode), draws_(std::move(draws)) {
  draw_voice();
  draw_stretch();
}

// Far enough from 1 to be another voice, near enough to be understood.
void Speaking::draw_voice() {
  higher_ = draws_() < 0.5;
  voice_alpha_ = higher_ ? between(0.76, 0.84) : between(1.14, 1.24);
  voice_pitch_ = higher_ ? between(1.18, 1.32) : between(0.76, 0.86);
}

void Speaking::draw_stretch() {
  alpha_ = voice_alpha_ + between(-0.04, 0.04);
  pitch_ = voice_pitch_ * between(0.96, 1.04);
  movement_ = between(0.5, 1.3);
  stretch_frames_ = 0;
}

// The pitch's distance from the speaker's mean is stretched or pressed together.
double Speaking::moved_pitch(const Pitch& pitch) {
  const double log_hz = std::log(pitch.hz);
  ++voiced_count_;
  const double follow = voiced_count_ < mean_settle_frames ? 1.0 / voiced_count_ : mean_follow;
  mean_log_hz_ += follow * (log_hz - mean_log_hz_);
  const double moved = pitch_ * std::exp((movement_ - 1) * (log_hz - mean_log_hz_));
  return std::clamp(moved, pitch_ratio_min, pitch_ratio_max);
}

FrameChange Speaking::next(const Pitch& pitch) {
  pause_frames_ = pitch.voiced() ? 0 : pause_frames_ + 1;
  ++stretch_frames_;
  if (pause_frames_ == pause_frames_min || stretch_frames_ >= stretch_frames_max) draw_stretch();
  FrameChange change;
  change.voiced = pitch.voiced();
  change.alpha = alpha_;
  if (mode_ == VoiceMode::robot) return change;
  if (pitch.voiced()) ratio_ = moved_pitch(pitch);
  change.pitch_ratio = ratio_;
  return change;
}

}  // namespace faceveil
