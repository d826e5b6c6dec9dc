// Voices at 16 kHz, frame by frame: prediction, change, overlap and add.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "redact/voice/excitation.h"
#include "redact/voice/frames.h"
#include "redact/voice/speaking.h"

namespace faceveil {

class FrameChanger {
 public:
  FrameChanger(VoiceMode mode, int channel_count, const Draws& draws);

  // `channels` holds as many new samples of each channel; what is finished is appended to the
  // channels of `output`, sample for sample from the first on.
  void push(std::span<const std::vector<float>> channels, std::vector<std::vector<float>>& output);

  // For tests: every frame changed like this instead of as drawn.
  void force(const FrameChange& change) { forced_ = change, is_forced_ = true; }

 private:
  // A stretch of one signal's past and near future, `reach_back_samples` before the frame's centre
  // on.
  using Stretch = std::span<const double>;

  void append(std::span<const std::vector<float>> channels);
  void change_frame(std::vector<std::vector<float>>& output);
  Stretch stretch_of(const std::vector<double>& signal) const;
  FrameChange choose(Stretch lead);
  int align(Stretch lead, const FrameChange& change);
  std::vector<double> changed(Stretch stretch, const FrameChange& change, int shift) const;
  std::vector<double> disguised(Stretch stretch, const std::vector<double>& a,
                                const FrameChange& change, int shift) const;
  std::vector<double> robotic(const std::vector<double>& a, const FrameChange& change) const;
  void emit(std::vector<std::vector<float>>& output);

  VoiceMode mode_;
  SincKernel kernel_{12};
  Speaking speaking_;
  uint64_t noise_seed_;
  double robot_pitch_hz_;
  FrameChange forced_;
  bool is_forced_ = false;

  // The channels, and behind them the mixture that pitch and alignment are measured on.
  std::vector<std::vector<double>> signals_;
  int64_t origin_;                         // Absolute number of the signals' first sample.
  int64_t frame_ = -hop_samples;           // Absolute number of the next frame's first sample.
  std::vector<std::vector<double>> sums_;  // A frame of each channel, being added up.
  std::vector<double> tail_;               // The lead's excitation where the next frame overlaps.
};

}  // namespace faceveil
