#include "media/video/sound_recoder.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

#include "base/limits.h"
#include "media/audio/encoder_choice.h"
#include "media/audio/encoder_frames.h"

namespace faceveil::av {
namespace {

// Times are rounded by containers, to a millisecond by some; what is further off is a gap.
constexpr int64_t off_ms_max = 10;

constexpr std::array<AVCodecID, 17> read = {
    AV_CODEC_ID_AAC,       AV_CODEC_ID_MP3,       AV_CODEC_ID_MP2,       AV_CODEC_ID_AC3,
    AV_CODEC_ID_EAC3,      AV_CODEC_ID_OPUS,      AV_CODEC_ID_VORBIS,    AV_CODEC_ID_FLAC,
    AV_CODEC_ID_ALAC,      AV_CODEC_ID_PCM_U8,    AV_CODEC_ID_PCM_S16LE, AV_CODEC_ID_PCM_S16BE,
    AV_CODEC_ID_PCM_S24LE, AV_CODEC_ID_PCM_S32LE, AV_CODEC_ID_PCM_F32LE, AV_CODEC_ID_PCM_MULAW,
    AV_CODEC_ID_AMR_NB};
// Where a container does not hold the film's own.
constexpr std::array<AVCodecID, 4> taken_instead = {AV_CODEC_ID_AAC, AV_CODEC_ID_VORBIS,
                                                    AV_CODEC_ID_MP3, AV_CODEC_ID_PCM_S16LE};

tl::unexpected<Error> cannot_change(AVCodecID codec) {
  return fail(Error::Kind::unsupported,
              "The film's sound ({0}) cannot be changed; --voice mute leaves it out.",
              {avcodec_get_name(codec)});
}

tl::unexpected<Error> damaged_sound() {
  return fail(Error::Kind::bad_input,
              "The film's sound is damaged; nothing was written. --voice mute leaves it out.");
}

bool is_avi(const AVOutputFormat& container) { return std::string_view(container.name) == "avi"; }

bool can_hold(const AVOutputFormat& container, AVCodecID codec) {
  return avformat_query_codec(&container, codec, FF_COMPLIANCE_NORMAL) == 1;
}

libav::Resampler converter(AVChannelLayout channels, int rate_hz, AVSampleFormat from,
                           AVSampleFormat to) {
  SwrContext* context = nullptr;
  const int made =
      swr_alloc_set_opts2(&context, &channels, to, rate_hz, &channels, from, rate_hz, 0, nullptr);
  libav::Resampler resampler(context);
  if (made < 0 || swr_init(context) < 0) resampler.reset();
  return resampler;
}

}  // namespace

Result<std::unique_ptr<SoundRecoder>> SoundRecoder::create(const AVStream& from,
                                                           const AVOutputFormat& container,
                                                           const VideoWriteOptions& options) {
  std::unique_ptr<SoundRecoder> recoder(new SoundRecoder());
  recoder->skips_damage_ = options.sound_may_be_damaged;
  // AVI has no times: sound begins with the pictures.
  recoder->begins_with_pictures_ = is_avi(container);
  recoder->from_base_ = from.time_base;
  TRY(recoder->open_decoder(from));
  TRY(recoder->open_encoder(from, container));
  recoder->holds_delay_ = holds_delay(container, recoder->encoder_->codec_id);
  recoder->change_ = options.change_sound(recoder->layout_);
  return recoder;
}

bool SoundRecoder::holds_delay(const AVOutputFormat& container, AVCodecID codec) {
  const std::string_view name = container.name;
  const bool is_matroska = name == "matroska" || name == "webm";
  return (container.flags & AVFMT_TS_NEGATIVE) != 0 || (is_matroska && codec == AV_CODEC_ID_OPUS);
}

Status SoundRecoder::open_decoder(const AVStream& from) {
  const AVCodecID id = from.codecpar->codec_id;
  const AVCodec* const codec =
      std::ranges::find(read, id) != read.end() ? avcodec_find_decoder(id) : nullptr;
  if (!codec) return cannot_change(id);
  decoder_.reset(avcodec_alloc_context3(codec));
  if (!decoder_ || avcodec_parameters_to_context(decoder_.get(), from.codecpar) < 0) {
    return cannot_change(id);
  }
  decoder_->pkt_timebase = from.time_base;
  decoder_->err_recognition = AV_EF_CRCCHECK | AV_EF_EXPLODE;
  decoder_->thread_count = 1;
  if (avcodec_open2(decoder_.get(), codec, nullptr) < 0) return cannot_change(id);
  layout_ = {decoder_->sample_rate, decoder_->ch_layout.nb_channels};
  const bool is_handled = layout_.sample_rate_hz >= sample_rate_hz_min &&
                          layout_.sample_rate_hz <= sample_rate_hz_max &&
                          layout_.channel_count >= 1 && layout_.channel_count <= sound_channels_max;
  if (is_handled) return {};
  return fail(Error::Kind::unsupported,
              "Sound must have 8,000 to 192,000 samples a second and 1 to 8 channels.");
}

Status SoundRecoder::open_encoder(const AVStream& from, const AVOutputFormat& container) {
  std::vector<AVCodecID> wanted = {from.codecpar->codec_id};
  for (const AVCodecID id : taken_instead) {
    // Players of AVI do not look for these there.
    const bool is_strange =
        is_avi(container) && id != AV_CODEC_ID_MP3 && id != AV_CODEC_ID_PCM_S16LE;
    if (!is_strange) wanted.push_back(id);
  }
  for (const AVCodecID id : wanted) {
    const AVCodec* const codec = libav::find_sound_encoder(id);
    const bool is_sound = codec && (codec->capabilities & AV_CODEC_CAP_EXPERIMENTAL) == 0;
    if (is_sound && can_hold(container, id) && try_encoder(*codec, from, container)) return {};
  }
  return cannot_change(from.codecpar->codec_id);
}

Status SoundRecoder::try_encoder(const AVCodec& codec, const AVStream& from,
                                 const AVOutputFormat& container) {
  encoder_.reset(avcodec_alloc_context3(&codec));
  if (!encoder_ || av_channel_layout_copy(&encoder_->ch_layout, &decoder_->ch_layout) < 0) {
    return cannot_change(codec.id);
  }
  if (encoder_->ch_layout.order == AV_CHANNEL_ORDER_UNSPEC) {
    av_channel_layout_default(&encoder_->ch_layout, layout_.channel_count);
  }
  encoder_->sample_rate = layout_.sample_rate_hz;
  encoder_->time_base = {1, layout_.sample_rate_hz};
  encoder_->sample_fmt = libav::sample_format_of(codec, decoder_->sample_fmt);
  encoder_->bits_per_raw_sample = decoder_->bits_per_raw_sample;
  encoder_->flags |= AV_CODEC_FLAG_BITEXACT;
  if ((container.flags & AVFMT_GLOBALHEADER) != 0) encoder_->flags |= AV_CODEC_FLAG_GLOBAL_HEADER;
  libav::set_quality(*encoder_, *from.codecpar);
  if (avcodec_open2(encoder_.get(), &codec, nullptr) < 0) return cannot_change(codec.id);
  from_float_ = converter(encoder_->ch_layout, layout_.sample_rate_hz, AV_SAMPLE_FMT_FLT,
                          encoder_->sample_fmt);
  return from_float_ ? Status() : Status(cannot_change(codec.id));
}

void SoundRecoder::count_from(int64_t pts, AVRational base) {
  film_start_ = av_rescale_q(pts, base, {1, layout_.sample_rate_hz});
}

Status SoundRecoder::write(const AVPacket* packet, const Sink& sink) {
  const int sent = avcodec_send_packet(decoder_.get(), packet);
  if (sent < 0 && !skips_damage_) return damaged_sound();
  const Frame frame(av_frame_alloc());
  if (!frame) return fail(Error::Kind::over_limit, "There is not enough memory for this film.");
  int received = 0;
  while ((received = avcodec_receive_frame(decoder_.get(), frame.get())) == 0) {
    if (frame->nb_samples > 0) TRY(take(*frame, sink));
  }
  const bool wants_more = received == AVERROR(EAGAIN) || received == AVERROR_EOF;
  if (!wants_more && !skips_damage_) return damaged_sound();
  if (packet || !next_) return {};
  add_pending(change_.finish().samples);
  TRY(encode_ready(/*all=*/true, sink));
  return send(nullptr, sink);
}

// What an encoder says before its first sample would lie before the beginning of all times: the
// first hundredths of a second make room for it.
void SoundRecoder::begin(int64_t place) {
  next_ = place;
  const int64_t delay = encoder_->initial_padding;
  if (begins_with_pictures_) {
    left_out_ = delay;
  } else if (!holds_delay_) {
    left_out_ = std::max<int64_t>(0, delay - place);
  }
  encoded_ = place + left_out_;
}

// A frame at its place: silence before it where something is missing, and without what came
// already.
Status SoundRecoder::take(const AVFrame& frame, const Sink& sink) {
  std::vector<float> samples = TRY(samples_of(frame));
  const int64_t pts = frame.best_effort_timestamp;
  const AVRational sample_base = {1, layout_.sample_rate_hz};
  const bool has_time = is_sane_time(pts, from_base_);
  if (!has_time && pts != AV_NOPTS_VALUE && !skips_damage_) return damaged_sound();
  const int64_t place =
      has_time ? av_rescale_q(pts, from_base_, sample_base) : next_.value_or(film_start_);
  if (!next_) begin(begins_with_pictures_ ? film_start_ : place);
  const int64_t off_max = off_ms_max * layout_.sample_rate_hz / 1000;
  if (place > *next_ + off_max) TRY(fill_until(place, sink));
  if (place < *next_ - off_max) {
    const int64_t again = std::min<int64_t>(*next_ - place, frame.nb_samples);
    samples.erase(samples.begin(), samples.begin() + again * layout_.channel_count);
  }
  return change(std::move(samples), sink);
}

Result<std::vector<float>> SoundRecoder::samples_of(const AVFrame& frame) {
  if (frame.sample_rate != layout_.sample_rate_hz ||
      frame.ch_layout.nb_channels != layout_.channel_count) {
    return fail(Error::Kind::unsupported, "The sound changes its rate or channels on the way.");
  }
  if (!to_float_) {
    to_float_ = converter(frame.ch_layout, frame.sample_rate,
                          static_cast<AVSampleFormat>(frame.format), AV_SAMPLE_FMT_FLT);
  }
  std::vector<float> samples(static_cast<size_t>(frame.nb_samples) *
                             static_cast<size_t>(layout_.channel_count));
  auto* to = reinterpret_cast<uint8_t*>(samples.data());
  const int got =
      !to_float_ ? -1
                 : swr_convert(to_float_.get(), &to, frame.nb_samples,
                               const_cast<const uint8_t**>(frame.extended_data), frame.nb_samples);
  if (got != frame.nb_samples) return damaged_sound();
  for (float& sample : samples) {
    if (!std::isfinite(sample)) sample = 0;
  }
  return samples;
}

// In pieces of a second at most: a gap may be long.
Status SoundRecoder::fill_until(int64_t place, const Sink& sink) {
  const int64_t from = std::min(*next_, film_start_);  // Sound may begin before the pictures.
  if ((place - from) / layout_.sample_rate_hz > limits::sound_seconds_max) {
    return fail(Error::Kind::over_limit, "The sound is longer than the limit of {0} hours.",
                {std::to_string(limits::sound_seconds_max / 3600)});
  }
  while (*next_ < place) {
    const int64_t count = std::min<int64_t>(place - *next_, layout_.sample_rate_hz);
    TRY(change(std::vector<float>(static_cast<size_t>(count * layout_.channel_count), 0.0f), sink));
  }
  return {};
}

Status SoundRecoder::change(std::vector<float> samples, const Sink& sink) {
  const int64_t rate = layout_.sample_rate_hz;
  AudioBlock block{
      {av_rescale(*next_ - film_start_, 1'000'000, rate)}, layout_, std::move(samples)};
  *next_ += block.moment_count();
  add_pending(change_.process(block).samples);
  return encode_ready(/*all=*/false, sink);
}

void SoundRecoder::add_pending(const std::vector<float>& samples) {
  const int64_t moments = std::ssize(samples) / layout_.channel_count;
  const int64_t left_out = std::min(left_out_, moments);
  left_out_ -= left_out;
  pending_.insert(pending_.end(), samples.begin() + left_out * layout_.channel_count,
                  samples.end());
}

Status SoundRecoder::encode_ready(bool all, const Sink& sink) {
  constexpr size_t usual_moments = 1024;
  return libav::send_frames({*encoder_, *from_float_, usual_moments}, pending_, encoded_, all,
                            cannot_change(encoder_->codec_id),
                            [&](const AVFrame* frame) { return send(frame, sink); });
}

Status SoundRecoder::send(const AVFrame* frame, const Sink& sink) {
  if (avcodec_send_frame(encoder_.get(), frame) < 0) return cannot_change(encoder_->codec_id);
  for (;;) {
    Packet packet(av_packet_alloc());
    const int error =
        packet ? avcodec_receive_packet(encoder_.get(), packet.get()) : AVERROR(ENOMEM);
    if (error == AVERROR(EAGAIN) || error == AVERROR_EOF) return {};
    if (error < 0) return cannot_change(encoder_->codec_id);
    TRY(sink(std::move(packet)));
  }
}

}  // namespace faceveil::av
