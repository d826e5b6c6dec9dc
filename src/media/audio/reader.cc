#include "media/audio/reader.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

#include "base/limits.h"
#include "media/audio/whole.h"

namespace faceveil {
namespace {

auto damaged() { return fail(Error::Kind::bad_input, "The sound file is damaged or cut off."); }

const char* demuxer_name(AudioFormat format) {
  switch (format) {
    case AudioFormat::wav:
      return "wav";
    case AudioFormat::flac:
      return "flac";
    case AudioFormat::mp3:
      return "mp3";
    case AudioFormat::m4a:
      return "mov";
    case AudioFormat::ogg:
    case AudioFormat::opus:
      return "ogg";
  }
  return "";
}

// Codecs that may stand in a format, and that we can write again.
bool is_known_codec(AVCodecID codec) {
  constexpr std::array known = {AV_CODEC_ID_PCM_U8,    AV_CODEC_ID_PCM_S16LE, AV_CODEC_ID_PCM_S24LE,
                                AV_CODEC_ID_PCM_S32LE, AV_CODEC_ID_PCM_F32LE, AV_CODEC_ID_PCM_F64LE,
                                AV_CODEC_ID_FLAC,      AV_CODEC_ID_MP3,       AV_CODEC_ID_AAC,
                                AV_CODEC_ID_ALAC,      AV_CODEC_ID_VORBIS,    AV_CODEC_ID_OPUS};
  return std::ranges::find(known, codec) != known.end();
}

bool is_cover_art(const AVStream& stream) {
  return (stream.disposition & AV_DISPOSITION_ATTACHED_PIC) != 0;
}

void add_tags(std::set<std::string>& names, const AVDictionary* tags) {
  const AVDictionaryEntry* tag = nullptr;
  while ((tag = av_dict_get(tags, "", tag, AV_DICT_IGNORE_SUFFIX)) != nullptr) {
    // What libav tells of the container itself.
    const std::string name = std::string(tag->key).substr(0, 64);
    if (!name.ends_with("_brand") && !name.ends_with("_brands") && name != "minor_version" &&
        name != "handler_name" && name != "vendor_id") {
      names.insert(name);
    }
  }
}

}  // namespace

Status AudioReader::State::open() {
  libav::be_quiet();
  const std::optional<AudioFormat> found = sniff_audio(file.bytes);
  if (!found) {
    return fail(Error::Kind::unsupported,
                "This is no sound file that FaceVeil knows: WAV, FLAC, MP3, M4A, Ogg or Opus.");
  }
  info.format = *found;
  TRY(open_container());
  TRY(choose_stream());
  TRY(open_decoder());
  list_dropped();
  return {};
}

Status AudioReader::State::open_container() {
  format = avformat_alloc_context();
  if (format == nullptr || !file.io || !packet_ || !frame_) return damaged();
  format->pb = file.io.get();
  format->max_streams = 16;
  const AVInputFormat* demuxer = av_find_input_format(demuxer_name(info.format));
  // On failure libav frees the context itself.
  if (avformat_open_input(&format, nullptr, demuxer, nullptr) < 0) return damaged();
  if (avformat_find_stream_info(format, nullptr) < 0) return damaged();
  return {};
}

Status AudioReader::State::choose_stream() {
  for (unsigned i = 0; i < format->nb_streams; ++i) {
    AVStream* const candidate = format->streams[i];
    const AVMediaType type = candidate->codecpar->codec_type;
    if (type == AVMEDIA_TYPE_VIDEO && !is_cover_art(*candidate)) {
      return fail(Error::Kind::unsupported, "This sound file holds a film too.");
    }
    if (type == AVMEDIA_TYPE_AUDIO && stream == nullptr) {
      stream = candidate;
    } else {
      candidate->discard = AVDISCARD_ALL;
    }
  }
  return stream != nullptr ? Status() : damaged();
}

Status AudioReader::State::open_decoder() {
  const AVCodecParameters& parameters = *stream->codecpar;
  if (!is_known_codec(parameters.codec_id)) {
    return fail(Error::Kind::unsupported, "Sound coded as {0} cannot be written by FaceVeil.",
                {avcodec_get_name(parameters.codec_id)});
  }
  const AVCodec* codec = avcodec_find_decoder(parameters.codec_id);
  decoder.reset(avcodec_alloc_context3(codec));
  if (!decoder || avcodec_parameters_to_context(decoder.get(), &parameters) < 0) return damaged();
  decoder->pkt_timebase = stream->time_base;
  decoder->err_recognition = AV_EF_CRCCHECK | AV_EF_EXPLODE;
  if (avcodec_open2(decoder.get(), codec, nullptr) < 0) return damaged();
  info.layout = {decoder->sample_rate, decoder->ch_layout.nb_channels};
  if (info.layout.sample_rate_hz < sample_rate_hz_min ||
      info.layout.sample_rate_hz > sample_rate_hz_max || info.layout.channel_count < 1 ||
      info.layout.channel_count > sound_channels_max) {
    return fail(Error::Kind::unsupported,
                "Sound must have 8,000 to 192,000 samples a second and 1 to 8 channels.");
  }
  return {};
}

void AudioReader::State::list_dropped() {
  std::set<std::string> names;
  add_tags(names, format->metadata);
  for (unsigned i = 0; i < format->nb_streams; ++i) {
    const AVStream* other = format->streams[i];
    add_tags(names, other->metadata);
    if (other == stream) continue;
    const char* kind = av_get_media_type_string(other->codecpar->codec_type);
    names.insert(is_cover_art(*other) ? "cover art"
                                      : std::string("stream of ") + (kind ? kind : "data"));
  }
  if (format->nb_chapters > 0) names.insert("chapters");
  info.dropped.assign(names.begin(), names.end());
}

// One packet to the decoder, or the news that there are no more.
Status AudioReader::State::feed() {
  const int read = av_read_frame(format, packet_.get());
  if (read == AVERROR_EOF) {
    ended_ = true;
    return avcodec_send_packet(decoder.get(), nullptr) < 0 ? Status(damaged()) : Status();
  }
  if (read < 0) return damaged();
  const bool is_ours = packet_->stream_index == stream->index;
  const bool is_corrupt = (packet_->flags & AV_PKT_FLAG_CORRUPT) != 0;
  const int sent = is_ours && !is_corrupt ? avcodec_send_packet(decoder.get(), packet_.get()) : 0;
  packets_ += is_ours;
  if (is_ours) {
    const auto* const data = reinterpret_cast<const std::byte*>(packet_->data);
    last_is_whole_ = mp3_frame_is_whole({data, static_cast<size_t>(packet_->size)});
  }
  av_packet_unref(packet_.get());
  return is_corrupt || sent < 0 ? Status(damaged()) : Status();
}

Result<AudioBlock> AudioReader::State::block_of_frame() {
  AVFrame& frame = *frame_;
  if (frame.sample_rate != info.layout.sample_rate_hz ||
      frame.ch_layout.nb_channels != info.layout.channel_count) {
    return fail(Error::Kind::unsupported, "The sound changes its rate or channels on the way.");
  }
  if (!to_float_) {
    SwrContext* context = nullptr;
    const int made = swr_alloc_set_opts2(
        &context, &frame.ch_layout, AV_SAMPLE_FMT_FLT, frame.sample_rate, &frame.ch_layout,
        static_cast<AVSampleFormat>(frame.format), frame.sample_rate, 0, nullptr);
    to_float_.reset(context);
    if (made < 0 || swr_init(context) < 0) return damaged();
  }
  AudioBlock block;
  block.time.microseconds = moments_ * 1'000'000 / info.layout.sample_rate_hz;
  block.layout = info.layout;
  block.samples.resize(static_cast<size_t>(frame.nb_samples) *
                       static_cast<size_t>(info.layout.channel_count));
  auto* to = reinterpret_cast<uint8_t*>(block.samples.data());
  const int got = swr_convert(to_float_.get(), &to, frame.nb_samples,
                              const_cast<const uint8_t**>(frame.extended_data), frame.nb_samples);
  if (got != frame.nb_samples) return damaged();
  for (float& sample : block.samples) {
    if (!std::isfinite(sample)) sample = 0;
  }
  moments_ += frame.nb_samples;
  if (moments_ / info.layout.sample_rate_hz > limits::sound_seconds_max) {
    return fail(Error::Kind::over_limit, "The sound is longer than the limit of {0} hours.",
                {std::to_string(limits::sound_seconds_max / 3600)});
  }
  return block;
}

// A header may say how many frames there are (Xing's, LAME's); libav makes its length of it.
// Without one, it guesses the length by the file's size, and a last frame that is cut off is all
// that shows.
bool AudioReader::State::is_complete_mp3() const {
  const bool says = format->duration_estimation_method != AVFMT_DURATION_FROM_BITRATE &&
                    stream->duration != AV_NOPTS_VALUE && decoder->frame_size > 0;
  const int64_t said =
      says ? av_rescale_q(stream->duration, stream->time_base, {1, info.layout.sample_rate_hz}) : 0;
  return last_is_whole_ && packets_ * decoder->frame_size >= said;
}

// Containers that say how much sound they hold must hold it.
Status AudioReader::State::check_complete() const {
  const AVCodecID codec = stream->codecpar->codec_id;
  const bool counts_packets = info.format == AudioFormat::m4a;
  const bool counts_samples = info.format == AudioFormat::wav || info.format == AudioFormat::flac;
  if (moments_ == 0 && codec != AV_CODEC_ID_NONE) return damaged();
  const bool is_ogg = info.format == AudioFormat::ogg || info.format == AudioFormat::opus;
  if (is_ogg && !ogg_ends_whole(file.bytes)) return damaged();
  if (info.format == AudioFormat::mp3 && !is_complete_mp3()) return damaged();
  if (counts_packets && packets_ < stream->nb_frames) return damaged();
  if (!counts_samples || stream->duration == AV_NOPTS_VALUE) return {};
  const int64_t said =
      av_rescale_q(stream->duration, stream->time_base, {1, info.layout.sample_rate_hz});
  return moments_ < said ? Status(damaged()) : Status();
}

Result<std::optional<AudioBlock>> AudioReader::State::next() {
  while (true) {
    const int received = avcodec_receive_frame(decoder.get(), frame_.get());
    if (received == 0) {
      if (frame_->nb_samples == 0) continue;
      return std::optional<AudioBlock>(TRY(block_of_frame()));
    }
    if (received == AVERROR_EOF) {
      TRY(check_complete());
      return std::optional<AudioBlock>();
    }
    if (received != AVERROR(EAGAIN) || ended_) return damaged();
    TRY(feed());
  }
}

const char* muxer_name(AudioFormat format) {
  // MPEG-4 as Apple writes it for sound; all others are named as their readers are.
  return format == AudioFormat::m4a    ? "ipod"
         : format == AudioFormat::opus ? "opus"
                                       : demuxer_name(format);
}

AudioReader::AudioReader(std::unique_ptr<State> state) : state_(std::move(state)) {}
AudioReader::~AudioReader() = default;
AudioReader::AudioReader(AudioReader&&) noexcept = default;
AudioReader& AudioReader::operator=(AudioReader&&) noexcept = default;

Result<AudioReader> AudioReader::create(BytesView file) {
  auto state = std::make_unique<State>(file);
  TRY(state->open());
  return AudioReader(std::move(state));
}

const AudioFileInfo& AudioReader::info() const { return state_->info; }
Result<std::optional<AudioBlock>> AudioReader::next() { return state_->next(); }

}  // namespace faceveil
