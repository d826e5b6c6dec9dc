#include "media/audio/libav.h"
#include "media/audio/reader.h"
#include "media/audio_file.h"

namespace faceveil {
namespace {

auto cannot_copy() {
  return fail(Error::Kind::unsupported, "The sound cannot be copied into a new file.");
}

struct Muxer {
  ~Muxer() {
    if (format != nullptr) avformat_free_context(format);
  }
  libav::OutputFile file;
  AVFormatContext* format = nullptr;
};

// ID3 is a tag of its own version: even an empty one would be written.
Status write_header(AVFormatContext* format) {
  AVDictionary* options = nullptr;
  av_dict_set(&options, "id3v2_version", "0", 0);
  const int written = avformat_write_header(format, &options);
  av_dict_free(&options);
  return written < 0 ? Status(cannot_copy()) : Status();
}

Status copy_packets(AVFormatContext* from, const AVStream& sound, AVFormatContext* to) {
  const libav::Packet packet(av_packet_alloc());
  if (!packet) return cannot_copy();
  while (av_read_frame(from, packet.get()) >= 0) {
    const bool is_ours = packet->stream_index == sound.index;
    if (is_ours) {
      packet->stream_index = 0;
      packet->pos = -1;
      av_packet_rescale_ts(packet.get(), sound.time_base, to->streams[0]->time_base);
      if (av_interleaved_write_frame(to, packet.get()) < 0) return cannot_copy();
    }
    av_packet_unref(packet.get());
  }
  return {};
}

// Every sample decodes: damage is not copied on.
Status check_sound(BytesView file) {
  AudioReader reader = TRY(AudioReader::create(file));
  while (true) {
    const std::optional<AudioBlock> block = TRY(reader.next());
    if (!block) return {};
  }
}

}  // namespace

Result<Bytes> copy_sound_alone(BytesView file) {
  TRY(check_sound(file));
  AudioReader::State reader(file);
  TRY(reader.open());
  Muxer muxer;
  const char* const name = muxer_name(reader.info.format);
  if (avformat_alloc_output_context2(&muxer.format, nullptr, name, nullptr) < 0 || !muxer.file.io) {
    return cannot_copy();
  }
  muxer.format->pb = muxer.file.io.get();
  muxer.format->flags |= AVFMT_FLAG_BITEXACT | AVFMT_FLAG_CUSTOM_IO;
  AVStream* const stream = avformat_new_stream(muxer.format, nullptr);
  if (stream == nullptr || avcodec_parameters_copy(stream->codecpar, reader.stream->codecpar) < 0) {
    return cannot_copy();
  }
  stream->codecpar->codec_tag = 0;
  stream->time_base = reader.stream->time_base;
  TRY(write_header(muxer.format));
  TRY(copy_packets(reader.format, *reader.stream, muxer.format));
  if (av_write_trailer(muxer.format) < 0) return cannot_copy();
  avio_flush(muxer.format->pb);
  return std::move(muxer.file.bytes);
}

}  // namespace faceveil
