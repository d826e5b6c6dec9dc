#include "redact/voice.h"

#include <sys/random.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "base/check.h"
#include "redact/voice/frame_changer.h"
#include "redact/voice/resampler.h"
#include "redact/voice/silencer.h"

namespace faceveil {
namespace {

using Channels = std::vector<std::vector<float>>;

// The voices of all channels, at any rate: down to 16 kHz, changed, and up again.
class ChannelVoices {
 public:
  ChannelVoices(VoiceMode mode, AudioLayout layout, const Draws& draws)
      : count_(static_cast<size_t>(layout.channel_count)),
        down_(count_, Resampler(layout.sample_rate_hz, voice_rate_hz)),
        up_(count_, Resampler(voice_rate_hz, layout.sample_rate_hz)),
        frames_(mode, layout.channel_count, draws) {}

  // Interleaved in, interleaved out; what is not finished stays inside.
  std::vector<float> push(std::span<const float> interleaved) {
    Channels narrow(count_), changed(count_), wide(count_);
    for (size_t c = 0; c < count_; ++c) down_[c].push(channel_of(interleaved, c), narrow[c]);
    frames_.push(narrow, changed);
    for (size_t c = 0; c < count_; ++c) up_[c].push(changed[c], wide[c]);
    return interleave(wide);
  }

 private:
  std::vector<float> channel_of(std::span<const float> interleaved, size_t channel) const {
    std::vector<float> samples;
    samples.reserve(interleaved.size() / count_);
    for (size_t i = channel; i < interleaved.size(); i += count_) {
      samples.push_back(interleaved[i]);
    }
    return samples;
  }

  static std::vector<float> interleave(const Channels& channels) {
    std::vector<float> samples;
    samples.reserve(channels.size() * channels[0].size());
    for (size_t n = 0; n < channels[0].size(); ++n) {
      for (const std::vector<float>& channel : channels) samples.push_back(channel[n]);
    }
    return samples;
  }

  size_t count_;
  std::vector<Resampler> down_, up_;
  FrameChanger frames_;
};

bool changes_voice(VoiceMode mode) {
  return mode == VoiceMode::disguise || mode == VoiceMode::robot;
}

}  // namespace

Draws system_draws() {
  return [] {
    uint64_t bits = 0;
    CHECK(getrandom(&bits, sizeof bits, 0) == static_cast<ssize_t>(sizeof bits));
    return static_cast<double>(bits >> 11) * 0x1p-53;
  };
}

struct VoiceChanger::State {
  VoiceChange change;
  AudioLayout layout;
  std::optional<ChannelVoices> voices;
  std::optional<Silencer> silencer;  // From the first block on.
  MediaTime start;
  int64_t moments_in = 0, moments_out = 0;

  void begin(MediaTime time) {
    if (silencer) return;
    start = time;
    silencer.emplace(change.silenced, layout, time);
  }

  // What nobody may hear is gone before anything else looks at the sound, so that no frame carries
  // it out of its span.
  std::vector<float> cleaned(const AudioBlock& block) {
    std::vector<float> samples = block.samples;
    for (float& sample : samples) {
      if (!std::isfinite(sample)) sample = 0;
    }
    silencer->silence(samples, moments_in);
    moments_in += block.moment_count();
    return samples;
  }

  std::vector<float> changed(std::vector<float> samples) {
    if (voices) return voices->push(samples);
    if (change.mode == VoiceMode::mute) std::ranges::fill(samples, 0.0f);
    return samples;
  }

  AudioBlock block_of(std::vector<float> samples) {
    silencer->silence(samples, moments_out);
    silencer->bleep(samples, moments_out);
    AudioBlock block{{start.microseconds + moments_out * 1'000'000 / layout.sample_rate_hz},
                     layout,
                     std::move(samples)};
    moments_out += block.moment_count();
    return block;
  }
};

VoiceChanger::VoiceChanger(const VoiceChange& change, AudioLayout layout, const Draws& draws)
    : state_(std::make_unique<State>()) {
  CHECK(layout.sample_rate_hz >= sample_rate_hz_min && layout.sample_rate_hz <= sample_rate_hz_max);
  CHECK(layout.channel_count >= 1 && layout.channel_count <= sound_channels_max);
  state_->change = change;
  state_->layout = layout;
  if (changes_voice(change.mode)) state_->voices.emplace(change.mode, layout, draws);
}

VoiceChanger::~VoiceChanger() = default;
VoiceChanger::VoiceChanger(VoiceChanger&&) noexcept = default;
VoiceChanger& VoiceChanger::operator=(VoiceChanger&&) noexcept = default;

AudioBlock VoiceChanger::process(const AudioBlock& block) {
  CHECK(block.layout == state_->layout);
  state_->begin(block.time);
  return state_->block_of(state_->changed(state_->cleaned(block)));
}

AudioBlock VoiceChanger::finish() {
  State& state = *state_;
  state.begin({});
  const auto channels = static_cast<size_t>(state.layout.channel_count);
  const size_t missing = static_cast<size_t>(state.moments_in - state.moments_out) * channels;
  std::vector<float> rest;
  // Silence behind the end pushes out what was held back.
  while (rest.size() < missing) {
    const std::vector<float> silence(channels * 4096, 0.0f);
    const std::vector<float> more = state.voices->push(silence);
    rest.insert(rest.end(), more.begin(), more.end());
  }
  rest.resize(missing);
  return state.block_of(std::move(rest));
}

}  // namespace faceveil
