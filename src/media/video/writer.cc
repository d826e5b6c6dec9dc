// Films out: encode, mux into a file that has no name yet.

#include <algorithm>
#include <array>
#include <map>
#include <span>
#include <utility>

#include "base/check.h"
#include "base/limits.h"
#include "media/video/decode_times.h"
#include "media/video/group_copier.h"
#include "media/video/reader_state.h"
#include "media/video/sound_recoder.h"

namespace faceveil {
namespace {

struct CodecChoice {
  VideoCodec codec;
  std::string_view name;     // On the command line.
  const char* encoder;       // FFmpeg's.
  const char* crf;           // A high quality on the encoder's own scale.
  const char* preset;        // Where the encoder knows presets.
  const char* speed_option;  // What the preset is called there.
};
constexpr std::array<CodecChoice, 4> choices = {
    {{VideoCodec::h264, "h264", "libx264", "20", "medium", "preset"},
     {VideoCodec::h265, "h265", "libx265", "22", "medium", "preset"},
     {VideoCodec::vp9, "vp9", "libvpx-vp9", "30", "4", "cpu-used"},
     {VideoCodec::av1, "av1", "libsvtav1", "30", "8", "preset"}}};

struct Container {
  std::string_view extension;
  const char* format;
};
constexpr std::array<Container, 8> written = {{{"mp4", "mp4"},
                                               {"m4v", "mp4"},
                                               {"mov", "mov"},
                                               {"mkv", "matroska"},
                                               {"webm", "webm"},
                                               {"avi", "avi"},
                                               {"ts", "mpegts"},
                                               {"mts", "mpegts"}}};

tl::unexpected<Error> short_of_memory() {
  return fail(Error::Kind::over_limit, "There is not enough memory for this film.");
}

tl::unexpected<Error> not_written(int error) {
  return fail(Error::Kind::io, "The output cannot be written ({0}).", {av::words(error)});
}

const Container* container_of(const std::filesystem::path& path) {
  std::string extension = path.extension().string();
  if (!extension.empty()) extension.erase(0, 1);
  std::ranges::transform(extension, extension.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  const auto found = std::ranges::find(written, extension, &Container::extension);
  return found == written.end() ? nullptr : &*found;
}

// What a packet takes beside its bytes: many small ones fill the memory too.
constexpr int64_t waiting_packet_bytes = 512;

struct FreeOutput {
  void operator()(AVFormatContext* format) const { avformat_free_context(format); }
};

// The encoder's nearest format: the frame's own, else chroma halved, at the same depth.
Result<AVPixelFormat> encoder_format(const AVCodec& codec, AVPixelFormat wanted) {
  const bool deep = av_pix_fmt_desc_get(wanted)->comp[0].depth > 8;
  for (const AVPixelFormat format : {wanted, deep ? AV_PIX_FMT_YUV420P10 : AV_PIX_FMT_YUV420P}) {
    for (const AVPixelFormat* at = codec.pix_fmts; at && *at != AV_PIX_FMT_NONE; ++at) {
      if (*at == format) return format;
    }
  }
  return fail(Error::Kind::unsupported, "This encoder cannot write {0} bits a sample.",
              {deep ? "10" : "8"});
}

// H.264 and H.265 with halved chroma want even sides: the last column or row is doubled.
Result<av::Frame> with_even_sides(av::Frame frame) {
  const int width = (frame->width + 1) & ~1, height = (frame->height + 1) & ~1;
  if (width == frame->width && height == frame->height) return frame;
  const auto format = static_cast<AVPixelFormat>(frame->format);
  av::Frame even = TRY(av::new_frame(format, width, height));
  if (av_frame_copy_props(even.get(), frame.get()) < 0) return short_of_memory();
  const AVPixFmtDescriptor& description = *av_pix_fmt_desc_get(format);
  const int sample_bytes = description.comp[0].depth > 8 ? 2 : 1;
  for (int plane = 0; plane < 3; ++plane) {
    const int shift_x = plane > 0 ? description.log2_chroma_w : 0;
    const int shift_y = plane > 0 ? description.log2_chroma_h : 0;
    const int from_width = AV_CEIL_RSHIFT(frame->width, shift_x);
    const int from_height = AV_CEIL_RSHIFT(frame->height, shift_y);
    for (int y = 0; y < AV_CEIL_RSHIFT(height, shift_y); ++y) {
      const uint8_t* const from =
          frame->data[plane] + ptrdiff_t{std::min(y, from_height - 1)} * frame->linesize[plane];
      uint8_t* const to = even->data[plane] + ptrdiff_t{y} * even->linesize[plane];
      std::copy_n(from, ptrdiff_t{from_width} * sample_bytes, to);
      if (AV_CEIL_RSHIFT(width, shift_x) > from_width) {
        std::copy_n(from + ptrdiff_t{from_width - 1} * sample_bytes, sample_bytes,
                    to + ptrdiff_t{from_width} * sample_bytes);
      }
    }
  }
  return even;
}

}  // namespace

SoundPacket::SoundPacket(std::unique_ptr<State> state) : state_(std::move(state)) {}
SoundPacket::~SoundPacket() = default;
SoundPacket::SoundPacket(SoundPacket&&) noexcept = default;
SoundPacket& SoundPacket::operator=(SoundPacket&&) noexcept = default;

struct VideoWriter::State {
  explicit State(OutputFile output) : file(std::move(output)) {}

  OutputFile file;
  av::Io io;
  std::unique_ptr<AVFormatContext, FreeOutput> format;
  const CodecChoice* choice = nullptr;
  VideoWriteOptions options;
  // Opened by the first picture, which knows its format, and anew by the first one behind a copied
  // group.
  av::Codec encoder;
  bool started = false;                     // The header is written.
  std::unique_ptr<av::GroupCopier> copier;  // Null: all pictures are encoded.
  std::vector<uint8_t> encoder_sets;        // With a copier: what every encoder must say first.
  std::optional<DecodeTimes> decode_times;  // With a copier.
  AVStream* video = nullptr;
  AVStream* sound = nullptr;
  AVRational video_base = {0, 1}, sound_base = {0, 1}, rate = {0, 1};
  std::unique_ptr<av::SoundRecoder> recoder;  // Null: sound goes through as it is.
  std::vector<SoundPacket> waiting;           // Sound that came before the first picture.
  int64_t waiting_bytes = 0;
  std::map<int64_t, int64_t> durations;  // Of pictures that are in the encoder, by their pts.
  std::optional<AVPixelFormat> pixel_format;

  Status start(const AVFrame& first);
  Status open_encoder(const AVFrame& first);
  Status write_packet(av::Packet packet, AVStream& stream, AVRational base);
  Status write_picture_packet(av::Packet packet);
  Status write_ready_packets();
  Status go_on_encoding(const AVFrame& first);
  Status end_stretch();
  Status set_parameters();
  Status encode(const AVFrame* frame);
  Status write_picture(av::Frame frame);
  Status write_sound(SoundPacket packet);
  Status recode(const AVPacket* packet);
  Status add_sound(const AVStream& from);
};

namespace {

void tag_colours(AVCodecContext& encoder, const AVFrame& frame) {
  encoder.color_range = frame.color_range;
  encoder.color_primaries = frame.color_primaries;
  encoder.color_trc = frame.color_trc;
  encoder.colorspace = frame.colorspace == AVCOL_SPC_RGB ? AVCOL_SPC_UNSPECIFIED : frame.colorspace;
  encoder.chroma_sample_location = frame.chroma_location;
}

bool wants_even_sides(VideoCodec codec) {
  return codec == VideoCodec::h264 || codec == VideoCodec::h265 || codec == VideoCodec::av1;
}

void set_interlaced(AVCodecContext& encoder, const AVFrame& frame, VideoCodec codec) {
  if (!frame.interlaced_frame || codec != VideoCodec::h264) return;
  encoder.flags |= AV_CODEC_FLAG_INTERLACED_DCT | AV_CODEC_FLAG_INTERLACED_ME;
  encoder.field_order = frame.top_field_first ? AV_FIELD_TT : AV_FIELD_BB;
}

// `set_number`: of the parameter sets; absent: the encoder's usual one.
Status open_with_options(AVCodecContext& encoder, const AVCodec& codec, const CodecChoice& choice,
                         const VideoWriteOptions& options, std::optional<uint32_t> set_number) {
  AVDictionary* settings = nullptr;
  const std::string crf = options.crf ? std::to_string(*options.crf) : choice.crf;
  av_dict_set(&settings, "crf", crf.c_str(), 0);
  av_dict_set(&settings, choice.speed_option,
              options.preset.empty() ? choice.preset : options.preset.c_str(), 0);
  if (choice.codec == VideoCodec::vp9) av_dict_set(&settings, "row-mt", "1", 0);
  if (choice.codec == VideoCodec::h265) av_dict_set(&settings, "x265-params", "log-level=none", 0);
  if (set_number) {
    av_dict_set(&settings, "x264-params", ("sps-id=" + std::to_string(*set_number)).c_str(), 0);
  }
  const int error = avcodec_open2(&encoder, &codec, &settings);
  av_dict_free(&settings);
  if (error >= 0) return {};
  return fail(Error::Kind::bad_input,
              "The encoder {0} does not start with these settings ({1}); look at --crf and "
              "--preset.",
              {std::string(choice.name), av::words(error)});
}

}  // namespace

Status VideoWriter::State::open_encoder(const AVFrame& first) {
  const AVCodec* const codec = avcodec_find_encoder_by_name(choice->encoder);
  if (!codec) {
    return fail(Error::Kind::unsupported, "The encoder {0} is not there in this FFmpeg.",
                {choice->encoder});
  }
  encoder.reset(avcodec_alloc_context3(codec));
  if (!encoder) return short_of_memory();
  pixel_format = TRY(encoder_format(*codec, static_cast<AVPixelFormat>(first.format)));
  const bool even = wants_even_sides(choice->codec);
  encoder->width = even ? (first.width + 1) & ~1 : first.width;
  encoder->height = even ? (first.height + 1) & ~1 : first.height;
  encoder->pix_fmt = *pixel_format;
  encoder->sample_aspect_ratio = first.sample_aspect_ratio;
  encoder->time_base = video_base;
  encoder->framerate = rate;
  encoder->thread_count = options.thread_count;
  if ((format->oformat->flags & AVFMT_GLOBALHEADER) != 0) {
    encoder->flags |= AV_CODEC_FLAG_GLOBAL_HEADER;
  }
  // AVI has no times of its own: pictures are shown in the order in which they are stored.
  if (std::string_view(format->oformat->name) == "avi") encoder->max_b_frames = 0;
  tag_colours(*encoder, first);
  set_interlaced(*encoder, first, choice->codec);
  return open_with_options(*encoder, *codec, *choice, options,
                           copier ? copier->sets().free_number() : std::nullopt);
}

// Pictures that are copied refer to the sets of the film that is read, others to the encoder's.
Status VideoWriter::State::set_parameters() {
  if (avcodec_parameters_from_context(video->codecpar, encoder.get()) < 0) {
    return short_of_memory();
  }
  if (!copier) return {};
  const int delay = std::max(encoder->has_b_frames, copier->delay());
  video->codecpar->video_delay = delay;
  const AVRational frame_rate = av_inv_q(rate);
  decode_times.emplace(delay, std::max<int64_t>(1, av_rescale_q(1, frame_rate, video_base)));
  encoder_sets.assign(encoder->extradata, encoder->extradata + encoder->extradata_size);
  if (encoder_sets.empty()) return {};  // They stand among the pictures.
  std::vector<uint8_t> all;
  for (const std::vector<uint8_t>& unit : copier->sets().units) h264::append_unit(all, unit);
  all.insert(all.end(), encoder_sets.begin(), encoder_sets.end());
  av_freep(&video->codecpar->extradata);
  video->codecpar->extradata =
      static_cast<uint8_t*>(av_mallocz(all.size() + AV_INPUT_BUFFER_PADDING_SIZE));
  if (!video->codecpar->extradata) return short_of_memory();
  std::ranges::copy(all, video->codecpar->extradata);
  video->codecpar->extradata_size = static_cast<int>(all.size());
  return {};
}

Status VideoWriter::State::go_on_encoding(const AVFrame& first) {
  TRY(open_encoder(first));
  const std::span<const uint8_t> sets(encoder->extradata,
                                      static_cast<size_t>(encoder->extradata_size));
  if (std::ranges::equal(sets, encoder_sets)) return {};
  return fail(Error::Kind::io, "The encoder does not go on as it began.");
}

// All that the encoder still holds is written: what comes next does not refer to it.
Status VideoWriter::State::end_stretch() {
  if (!encoder) return {};
  TRY(encode(nullptr));
  encoder.reset();
  return {};
}

namespace {

// How bright the film was meant to be, said by its container or by its pictures: without it players
// guess.
constexpr std::array<std::pair<AVPacketSideDataType, AVFrameSideDataType>, 2> light = {
    {{AV_PKT_DATA_MASTERING_DISPLAY_METADATA, AV_FRAME_DATA_MASTERING_DISPLAY_METADATA},
     {AV_PKT_DATA_CONTENT_LIGHT_LEVEL, AV_FRAME_DATA_CONTENT_LIGHT_LEVEL}}};

Status add_light(AVStream& to, AVPacketSideDataType type, const uint8_t* data, size_t size) {
  void* const copy = av_memdup(data, size);
  if (!copy) return short_of_memory();
  if (av_stream_add_side_data(&to, type, static_cast<uint8_t*>(copy), size) >= 0) return {};
  av_free(copy);
  return short_of_memory();
}

Status carry_light(const AVStream& from, AVStream& to) {
  for (const auto& [type, in_frames] : light) {
    size_t size = 0;
    const uint8_t* const data = av_stream_get_side_data(&from, type, &size);
    if (data) TRY(add_light(to, type, data, size));
  }
  return {};
}

Status carry_light(const AVFrame& from, AVStream& to) {
  for (const auto& [type, in_frames] : light) {
    const AVFrameSideData* const data = av_frame_get_side_data(&from, in_frames);
    const bool is_there = av_stream_get_side_data(&to, type, nullptr) != nullptr;
    if (data && !is_there) TRY(add_light(to, type, data->data, data->size));
  }
  return {};
}

}  // namespace

Status VideoWriter::State::start(const AVFrame& first) {
  TRY(open_encoder(first));
  TRY(set_parameters());
  video->codecpar->codec_tag = 0;
  video->sample_aspect_ratio = encoder->sample_aspect_ratio;
  video->avg_frame_rate = rate;
  TRY(carry_light(first, *video));
  const int error = avformat_write_header(format.get(), nullptr);
  if (error < 0) {
    return fail(Error::Kind::unsupported, "A {0} file cannot hold this film ({1}).",
                {format->oformat->name, av::words(error)});
  }
  started = true;
  if (recoder) recoder->count_from(first.pts, video_base);
  std::vector<SoundPacket> packets = std::exchange(waiting, {});
  for (SoundPacket& packet : packets) TRY(write_sound(std::move(packet)));
  return {};
}

Status VideoWriter::State::write_packet(av::Packet packet, AVStream& stream, AVRational base) {
  packet->stream_index = stream.index;
  packet->pos = -1;
  av_packet_rescale_ts(packet.get(), base, stream.time_base);
  const int error = av_interleaved_write_frame(format.get(), packet.get());
  if (error < 0) return not_written(error);
  return {};
}

Status VideoWriter::State::write_picture_packet(av::Packet packet) {
  if (decode_times) packet->dts = decode_times->next(packet->pts);
  return write_packet(std::move(packet), *video, video_base);
}

Status VideoWriter::State::write_ready_packets() {
  for (;;) {
    av::Packet packet(av_packet_alloc());
    if (!packet) return short_of_memory();
    const int error = avcodec_receive_packet(encoder.get(), packet.get());
    if (error == AVERROR(EAGAIN) || error == AVERROR_EOF) return {};
    if (error < 0) return not_written(error);
    if (const auto found = durations.find(packet->pts); found != durations.end()) {
      packet->duration = found->second;
      durations.erase(found);
    }
    TRY(write_picture_packet(std::move(packet)));
  }
}

Status VideoWriter::State::encode(const AVFrame* frame) {
  const int error = avcodec_send_frame(encoder.get(), frame);
  if (error < 0) return not_written(error);
  return write_ready_packets();
}

Status VideoWriter::State::write_picture(av::Frame frame) {
  if (!started) TRY(start(*frame));
  if (!encoder) TRY(go_on_encoding(*frame));
  if (frame->format != *pixel_format) frame = TRY(av::converted(*frame, *pixel_format));
  if (wants_even_sides(choice->codec)) frame = TRY(with_even_sides(std::move(frame)));
  frame->pict_type = AV_PICTURE_TYPE_NONE;  // The encoder chooses, not the film that was read.
  frame->key_frame = 0;
  while (frame->nb_side_data > 0) {  // Closed captions, encoder's remarks, camera's words.
    av_frame_remove_side_data(frame.get(), frame->side_data[0]->type);
  }
  durations[frame->pts] = frame->pkt_duration;
  return encode(frame.get());
}

Status VideoWriter::State::write_sound(SoundPacket packet) {
  if (!sound) return {};
  if (!started) {
    waiting_bytes += packet.state().packet->size + waiting_packet_bytes;
    if (waiting_bytes > limits::waiting_sound_bytes_max) {
      return fail(Error::Kind::over_limit,
                  "More than {0} MB of sound stand before the film's first picture, which is not "
                  "handled; --voice mute leaves the sound out.",
                  {std::to_string(limits::waiting_sound_bytes_max >> 20)});
    }
    waiting.push_back(std::move(packet));
    return {};
  }
  if (recoder) return recode(packet.state().packet.get());
  return write_packet(std::move(packet.state().packet), *sound, sound_base);
}

Status VideoWriter::State::recode(const AVPacket* packet) {
  return recoder->write(packet, [this](av::Packet coded) {
    return write_packet(std::move(coded), *sound, recoder->encoder().time_base);
  });
}

namespace {

Result<const CodecChoice*> choose_codec(const Container& container,
                                        const VideoWriteOptions& options) {
  const bool webm = container.extension == "webm";
  const VideoCodec wanted = options.codec.value_or(webm ? VideoCodec::vp9 : VideoCodec::h264);
  const CodecChoice* const choice = &*std::ranges::find(choices, wanted, &CodecChoice::codec);
  const AVCodec* const codec = avcodec_find_encoder_by_name(choice->encoder);
  const AVOutputFormat* const format = av_guess_format(container.format, nullptr, nullptr);
  if (codec && format && avformat_query_codec(format, codec->id, FF_COMPLIANCE_NORMAL) == 0) {
    return fail(Error::Kind::bad_input, "A {0} file cannot hold {1}.",
                {std::string(container.extension), std::string(choice->name)});
  }
  return choice;
}

bool can_hold(const AVOutputFormat& format, AVCodecID codec) {
  return avformat_query_codec(&format, codec, FF_COMPLIANCE_NORMAL) == 1;
}

}  // namespace

Status VideoWriter::State::add_sound(const AVStream& from) {
  if (options.change_sound) {
    recoder = TRY(av::SoundRecoder::create(from, *format->oformat, options));
    if (av::SoundRecoder::holds_delay(*format->oformat, recoder->encoder().codec_id)) {
      format->avoid_negative_ts = AVFMT_AVOID_NEG_TS_DISABLED;
    }
  } else if (!can_hold(*format->oformat, from.codecpar->codec_id)) {
    return {};
  }
  sound = avformat_new_stream(format.get(), nullptr);
  const int error = !sound ? AVERROR(ENOMEM)
                    : recoder
                        ? avcodec_parameters_from_context(sound->codecpar, &recoder->encoder())
                        : avcodec_parameters_copy(sound->codecpar, from.codecpar);
  if (error < 0) return short_of_memory();
  sound->codecpar->codec_tag = 0;
  sound_base = from.time_base;
  sound->time_base = recoder ? recoder->encoder().time_base : from.time_base;
  return {};
}

VideoWriter::VideoWriter(std::unique_ptr<State> state) : state_(std::move(state)) {}
VideoWriter::~VideoWriter() = default;
VideoWriter::VideoWriter(VideoWriter&&) noexcept = default;
VideoWriter& VideoWriter::operator=(VideoWriter&&) noexcept = default;

Result<VideoWriter> VideoWriter::create(const std::filesystem::path& path, Overwrite overwrite,
                                        const VideoReader& source,
                                        const VideoWriteOptions& options) {
  const Container* const container = container_of(path);
  if (!container) {
    return fail(Error::Kind::unsupported,
                "A film cannot be written under this name; give one that ends in .mp4, .mov, .mkv, "
                ".webm, .avi or .ts.");
  }
  const CodecChoice* const choice = TRY(choose_codec(*container, options));
  auto state = std::make_unique<State>(TRY(OutputFile::create(path, overwrite)));
  state->choice = choice;
  state->options = options;
  AVFormatContext* format = nullptr;
  if (avformat_alloc_output_context2(&format, nullptr, container->format, nullptr) < 0) {
    return short_of_memory();
  }
  state->format.reset(format);
  state->io = TRY(av::io_on(state->file.descriptor(), /*writes=*/true));
  format->pb = state->io.get();
  format->flags |= AVFMT_FLAG_BITEXACT;  // No names of programs, no dates.
  const VideoReader::State& from = source.state();
  state->video = avformat_new_stream(format, nullptr);
  if (!state->video) return short_of_memory();
  state->video_base = from.time_base;
  state->rate = from.frame_rate.num > 0 ? from.frame_rate : AVRational{25, 1};
  state->video->time_base = from.time_base;
  if (from.format) TRY(carry_light(*from.format->streams[from.video], *state->video));
  if (!options.copy_from.empty()) {
    CHECK(can_copy_groups(path, options));
    state->copier = TRY(av::GroupCopier::open(options.copy_from));
  }
  if (options.sound && from.sound >= 0) TRY(state->add_sound(*from.format->streams[from.sound]));
  return VideoWriter(std::move(state));
}

bool VideoWriter::keeps_sound() const { return state_->sound != nullptr; }

Status VideoWriter::write(VideoUnit unit) {
  if (auto* const frame = std::get_if<VideoFrame>(&unit)) {
    return state_->write_picture(std::move(frame->state().frame));
  }
  return state_->write_sound(std::move(std::get<SoundPacket>(unit)));
}

Status VideoWriter::copy(PictureRange group, const VideoFrame& first) {
  State& state = *state_;
  CHECK(state.copier);
  if (!state.started) TRY(state.start(*first.state().frame));
  TRY(state.end_stretch());
  const bool repeats_sets = state.encoder_sets.empty();
  return state.copier->copy(group, repeats_sets, [&state](av::Packet packet) {
    return state.write_picture_packet(std::move(packet));
  });
}

Result<OutputFile> VideoWriter::complete() {
  if (!state_->started) {
    return fail(Error::Kind::bad_input, "There is not one picture in this film.");
  }
  TRY(state_->end_stretch());
  if (state_->recoder) TRY(state_->recode(nullptr));
  const int error = av_write_trailer(state_->format.get());
  if (error < 0) return not_written(error);
  avio_flush(state_->io.get());
  if (state_->io->error < 0) return not_written(state_->io->error);
  return std::move(state_->file);
}

Result<VideoCodec> parse_video_codec(std::string_view name) {
  std::string names;
  for (const CodecChoice& choice : choices) {
    if (choice.name == name) return choice.codec;
    names += (names.empty() ? "" : ", ") + std::string(choice.name);
  }
  return fail(Error::Kind::bad_input, "\"{0}\" is not known; choose one of: {1}.",
              {std::string(name), names});
}

bool can_copy_groups(const std::filesystem::path& output, const VideoWriteOptions& options) {
  const Container* const container = container_of(output);
  if (!container || options.codec.value_or(VideoCodec::h264) != VideoCodec::h264) return false;
  const std::string_view format = container->format;
  return format == "mp4" || format == "mov" || format == "matroska" || format == "mpegts";
}

bool is_video_name(const std::filesystem::path& path) { return container_of(path) != nullptr; }

}  // namespace faceveil
