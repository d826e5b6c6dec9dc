#include "redact/voice/frame_changer.h"

#include <algorithm>
#include <cmath>

#include "redact/voice/formant_warp.h"
#include "redact/voice/linear_prediction.h"

namespace faceveil {
namespace {

// Of the frame's first sample in a stretch.
constexpr int frame_place = reach_back_samples - frame_samples / 2;
constexpr int stretch_samples = reach_back_samples + reach_ahead_samples;
// A frame's sound may become this much louder to keep its energy.
constexpr double gain_max = 8;
// The robot's resonances are wider than a throat's: its fine formants are gone.
constexpr double robot_widening = 0.985;

double energy_of(std::span<const double> signal) {
  double energy = 0;
  for (size_t n = 0; n < signal.size(); ++n) {
    const double sample = signal[n] * frame_window()[n];
    energy += sample * sample;
  }
  return energy;
}

std::vector<double> predictor_of(std::span<const double> frame, int order) {
  std::vector<double> windowed(frame.begin(), frame.end());
  for (size_t n = 0; n < windowed.size(); ++n) windowed[n] *= frame_window()[n];
  return predict_frame(windowed, order, voice_rate_hz).a;
}

}  // namespace

FrameChanger::FrameChanger(VoiceMode mode, int channel_count, const Draws& draws)
    : mode_(mode),
      speaking_(mode, draws),
      noise_seed_(static_cast<uint64_t>(draws() * 0x1p53)),
      robot_pitch_hz_(100 + 40 * draws()),
      signals_(static_cast<size_t>(channel_count) + 1),
      origin_(-hop_samples - frame_place),
      sums_(static_cast<size_t>(channel_count), std::vector<double>(frame_samples, 0.0)),
      tail_(frame_samples - hop_samples, 0.0) {
  // Silence before the start.
  for (std::vector<double>& signal : signals_) signal.assign(static_cast<size_t>(-origin_), 0.0);
}

// The mixture weighs channels differently, so that two in opposite phase do not cancel.
void FrameChanger::append(std::span<const std::vector<float>> channels) {
  std::vector<double>& lead = signals_.back();
  const size_t before = lead.size();
  lead.resize(before + channels[0].size(), 0.0);
  for (size_t c = 0; c < channels.size(); ++c) {
    const double weight = 1.0 / static_cast<double>(c + 1);
    signals_[c].insert(signals_[c].end(), channels[c].begin(), channels[c].end());
    for (size_t n = 0; n < channels[c].size(); ++n) {
      lead[before + n] += weight * static_cast<double>(channels[c][n]);
    }
  }
}

void FrameChanger::push(std::span<const std::vector<float>> channels,
                        std::vector<std::vector<float>>& output) {
  append(channels);
  const auto stretch_end = [this] { return frame_ - frame_place + stretch_samples; };
  while (stretch_end() <= origin_ + static_cast<int64_t>(signals_.back().size())) {
    change_frame(output);
    frame_ += hop_samples;
  }
  const auto done = static_cast<ptrdiff_t>(frame_ - frame_place - origin_);
  for (std::vector<double>& signal : signals_) signal.erase(signal.begin(), signal.begin() + done);
  origin_ += done;
}

FrameChanger::Stretch FrameChanger::stretch_of(const std::vector<double>& signal) const {
  return Stretch(signal).subspan(static_cast<size_t>(frame_ - frame_place - origin_),
                                 stretch_samples);
}

void FrameChanger::change_frame(std::vector<std::vector<float>>& output) {
  const Stretch lead = stretch_of(signals_.back());
  const FrameChange change = choose(lead);
  const int shift = mode_ == VoiceMode::disguise ? align(lead, change) : 0;
  for (size_t c = 0; c < sums_.size(); ++c) {
    const std::vector<double> frame = changed(stretch_of(signals_[c]), change, shift);
    for (size_t n = 0; n < frame.size(); ++n) sums_[c][n] += frame_window()[n] * frame[n];
  }
  emit(output);
}

FrameChange FrameChanger::choose(Stretch lead) {
  const FrameChange drawn =
      speaking_.next(find_pitch(lead.subspan(frame_place, frame_samples), voice_rate_hz));
  return is_forced_ ? forced_ : drawn;
}

// Where the lead's excitation goes on best from the frame before; kept for the frame after.
int FrameChanger::align(Stretch lead, const FrameChange& change) {
  const std::vector<double> a =
      predictor_of(lead.subspan(frame_place, frame_samples), predictor_order);
  const std::vector<double> read = read_at_speed(
      residual_of(lead, a), reach_back_samples, change.pitch_ratio,
      frame_samples / 2 + shift_samples_max, frame_samples + 2 * shift_samples_max, kernel_);
  const std::span<const double> candidate(read);
  const int shift =
      change.pitch_ratio == 1
          ? 0
          : best_shift(tail_, candidate.first(tail_.size() + size_t{2} * shift_samples_max),
                       shift_samples_max);
  const auto from = read.begin() + shift_samples_max + shift + hop_samples;
  tail_.assign(from, from + (frame_samples - hop_samples));
  return shift;
}

std::vector<double> FrameChanger::changed(Stretch stretch, const FrameChange& change,
                                          int shift) const {
  const Stretch frame = stretch.subspan(frame_place, frame_samples);
  const double energy = energy_of(frame);
  if (!(energy > 0)) return std::vector<double>(frame_samples, 0.0);
  const bool robot = mode_ == VoiceMode::robot;
  const std::vector<double> a = predictor_of(frame, robot ? robot_order : predictor_order);
  std::vector<double> sound = robot ? robotic(a, change) : disguised(stretch, a, change, shift);
  const double changed_energy = energy_of(sound);
  if (!(changed_energy > 0)) return std::vector<double>(frame_samples, 0.0);
  const double gain = std::min(std::sqrt(energy / changed_energy), gain_max);
  for (double& sample : sound) sample *= gain;
  return sound;
}

std::vector<double> FrameChanger::disguised(Stretch stretch, const std::vector<double>& a,
                                            const FrameChange& change, int shift) const {
  const std::vector<double> excitation = read_at_speed(
      residual_of(stretch, a), reach_back_samples + change.pitch_ratio * shift, change.pitch_ratio,
      run_in_samples + frame_samples / 2, run_in_samples + frame_samples, kernel_);
  std::vector<double> sound = resonate(excitation, warp_formants(a, change.alpha));
  sound.erase(sound.begin(), sound.begin() + run_in_samples);
  return sound;
}

std::vector<double> FrameChanger::robotic(const std::vector<double>& a,
                                          const FrameChange& change) const {
  std::vector<double> excitation(run_in_samples + frame_samples);
  for (size_t n = 0; n < excitation.size(); ++n) {
    excitation[n] = robot_excitation(frame_ - run_in_samples + static_cast<int64_t>(n),
                                     change.voiced, robot_pitch_hz_, noise_seed_);
  }
  std::vector<double> sound =
      resonate(excitation, warp_formants(widen_formants(a, robot_widening), change.alpha));
  sound.erase(sound.begin(), sound.begin() + run_in_samples);
  return sound;
}

// The first hop of the sums is finished: no later frame reaches it.
void FrameChanger::emit(std::vector<std::vector<float>>& output) {
  for (size_t c = 0; c < sums_.size(); ++c) {
    std::vector<double>& sum = sums_[c];
    if (frame_ >= 0) {
      for (int n = 0; n < hop_samples; ++n) {
        output[c].push_back(static_cast<float>(sum[static_cast<size_t>(n)]));
      }
    }
    std::copy(sum.begin() + hop_samples, sum.end(), sum.begin());
    std::fill(sum.end() - hop_samples, sum.end(), 0.0);
  }
}

}  // namespace faceveil
