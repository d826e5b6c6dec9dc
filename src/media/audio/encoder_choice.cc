#include "media/audio/encoder_choice.h"

#include <algorithm>

namespace faceveil::libav {
namespace {

int64_t bit_rate_of(const AVCodecParameters& input) {
  const int64_t channels = input.ch_layout.nb_channels;
  const int64_t said = input.bit_rate > 0 ? input.bit_rate : 96'000 * channels;
  return std::clamp(said, 24'000 * channels, 160'000 * std::max<int64_t>(2, channels));
}

}  // namespace

// libav's own encoders of these three are missing or experimental.
const AVCodec* find_sound_encoder(AVCodecID codec) {
  switch (codec) {
    case AV_CODEC_ID_MP3:
      return avcodec_find_encoder_by_name("libmp3lame");
    case AV_CODEC_ID_VORBIS:
      return avcodec_find_encoder_by_name("libvorbis");
    case AV_CODEC_ID_OPUS:
      return avcodec_find_encoder_by_name("libopus");
    default:
      return avcodec_find_encoder(codec);
  }
}

AVSampleFormat sample_format_of(const AVCodec& encoder, AVSampleFormat wanted) {
  for (const AVSampleFormat* format = encoder.sample_fmts;
       format != nullptr && *format != AV_SAMPLE_FMT_NONE; ++format) {
    if (*format == wanted) return wanted;
  }
  return encoder.sample_fmts != nullptr ? encoder.sample_fmts[0] : wanted;
}

void set_quality(AVCodecContext& encoder, const AVCodecParameters& input) {
  if (encoder.codec_id == AV_CODEC_ID_VORBIS) {  // Its bit rates fit few rates and channels.
    constexpr int quality = 5;
    encoder.flags |= AV_CODEC_FLAG_QSCALE;
    encoder.global_quality = quality * FF_QP2LAMBDA;
  } else {
    encoder.bit_rate = bit_rate_of(input);
  }
}

}  // namespace faceveil::libav
