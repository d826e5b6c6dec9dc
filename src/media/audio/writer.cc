#include <algorithm>

#include "media/audio/encoder_choice.h"
#include "media/audio/encoder_frames.h"
#include "media/audio/reader.h"
#include "media/audio_file.h"

namespace faceveil {
namespace {

auto cannot_encode() {
  return fail(Error::Kind::unsupported, "The sound cannot be encoded in its format.");
}

}  // namespace

struct AudioWriter::State {
  ~State() {
    if (format != nullptr) avformat_free_context(format);
  }

  Status open(const AudioFileInfo& like, const AVCodecContext& decoder,
              const AVCodecParameters& input);
  Status open_encoder(const AVCodecContext& decoder, const AVCodecParameters& input);
  Status open_converter();
  Status encode_ready(bool all);
  Status send(const AVFrame* frame);

  AudioLayout layout;
  libav::OutputFile file;
  AVFormatContext* format = nullptr;
  AVStream* stream = nullptr;
  libav::CodecContext encoder;
  libav::Resampler from_float;
  libav::Packet packet{av_packet_alloc()};
  std::vector<float> pending;  // Interleaved, less than a frame of the encoder between writes.
  int64_t moments = 0;
};

Status AudioWriter::State::open(const AudioFileInfo& like, const AVCodecContext& decoder,
                                const AVCodecParameters& input) {
  layout = like.layout;
  if (avformat_alloc_output_context2(&format, nullptr, muxer_name(like.format), nullptr) < 0 ||
      !file.io || !packet) {
    return cannot_encode();
  }
  format->pb = file.io.get();
  // No name of a program, no time of writing, no random numbers of streams.
  format->flags |= AVFMT_FLAG_BITEXACT | AVFMT_FLAG_CUSTOM_IO;
  TRY(open_encoder(decoder, input));
  TRY(open_converter());
  stream = avformat_new_stream(format, nullptr);
  if (stream == nullptr || avcodec_parameters_from_context(stream->codecpar, encoder.get()) < 0) {
    return cannot_encode();
  }
  stream->time_base = encoder->time_base;
  return avformat_write_header(format, nullptr) < 0 ? Status(cannot_encode()) : Status();
}

Status AudioWriter::State::open_encoder(const AVCodecContext& decoder,
                                        const AVCodecParameters& input) {
  const AVCodec* codec = libav::find_sound_encoder(decoder.codec_id);
  if (codec == nullptr) return cannot_encode();
  encoder.reset(avcodec_alloc_context3(codec));
  if (!encoder) return cannot_encode();
  encoder->sample_rate = layout.sample_rate_hz;
  encoder->time_base = {1, layout.sample_rate_hz};
  if (av_channel_layout_copy(&encoder->ch_layout, &decoder.ch_layout) < 0) return cannot_encode();
  if (encoder->ch_layout.order == AV_CHANNEL_ORDER_UNSPEC) {
    av_channel_layout_default(&encoder->ch_layout, layout.channel_count);
  }
  encoder->sample_fmt = libav::sample_format_of(*codec, decoder.sample_fmt);
  encoder->bits_per_raw_sample = decoder.bits_per_raw_sample;
  encoder->flags |= AV_CODEC_FLAG_BITEXACT;
  if ((format->oformat->flags & AVFMT_GLOBALHEADER) != 0) {
    encoder->flags |= AV_CODEC_FLAG_GLOBAL_HEADER;
  }
  libav::set_quality(*encoder, input);
  return avcodec_open2(encoder.get(), codec, nullptr) < 0 ? Status(cannot_encode()) : Status();
}

Status AudioWriter::State::open_converter() {
  SwrContext* context = nullptr;
  const int made = swr_alloc_set_opts2(&context, &encoder->ch_layout, encoder->sample_fmt,
                                       layout.sample_rate_hz, &encoder->ch_layout,
                                       AV_SAMPLE_FMT_FLT, layout.sample_rate_hz, 0, nullptr);
  from_float.reset(context);
  return made < 0 || swr_init(context) < 0 ? Status(cannot_encode()) : Status();
}

Status AudioWriter::State::encode_ready(bool all) {
  constexpr size_t usual_moments = 4096;
  return libav::send_frames({*encoder, *from_float, usual_moments}, pending, moments, all,
                            cannot_encode(), [&](const AVFrame* frame) { return send(frame); });
}

// A frame to the encoder (null: no more), and what it gives to the file.
Status AudioWriter::State::send(const AVFrame* frame) {
  if (avcodec_send_frame(encoder.get(), frame) < 0) return cannot_encode();
  while (true) {
    const int received = avcodec_receive_packet(encoder.get(), packet.get());
    if (received == AVERROR(EAGAIN) || received == AVERROR_EOF) return {};
    if (received < 0) return cannot_encode();
    av_packet_rescale_ts(packet.get(), encoder->time_base, stream->time_base);
    packet->stream_index = stream->index;
    if (av_interleaved_write_frame(format, packet.get()) < 0) return cannot_encode();
  }
}

AudioWriter::AudioWriter(std::unique_ptr<State> state) : state_(std::move(state)) {}
AudioWriter::~AudioWriter() = default;
AudioWriter::AudioWriter(AudioWriter&&) noexcept = default;
AudioWriter& AudioWriter::operator=(AudioWriter&&) noexcept = default;

Result<AudioWriter> AudioWriter::create(const AudioReader& like) {
  auto state = std::make_unique<State>();
  const AudioReader::State& reader = *like.state_;
  TRY(state->open(reader.info, *reader.decoder, *reader.stream->codecpar));
  return AudioWriter(std::move(state));
}

Status AudioWriter::write(const AudioBlock& block) {
  state_->pending.insert(state_->pending.end(), block.samples.begin(), block.samples.end());
  return state_->encode_ready(false);
}

Result<Bytes> AudioWriter::finish() {
  State& state = *state_;
  TRY(state.encode_ready(true));
  TRY(state.send(nullptr));
  if (av_write_trailer(state.format) < 0) return cannot_encode();
  avio_flush(state.format->pb);
  if (state.format->pb->error < 0) return cannot_encode();
  return std::move(state.file.bytes);
}

}  // namespace faceveil
