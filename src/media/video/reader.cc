// Films in: demux, decode, upright, in order of time.

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <span>
#include <string_view>

#include "base/limits.h"
#include "media/audio_file.h"
#include "media/still.h"
#include "media/video/animated.h"
#include "media/video/reader_state.h"

namespace faceveil {
namespace {

// What is read, and nothing else: playlists, device and network formats could open other files.
constexpr const char* containers =
    "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,mpegts,mpeg,flv,asf,ogg,h264,hevc,m4v,ivf,"
    "mpegvideo";

constexpr std::array<AVCodecID, 16> codecs = {
    AV_CODEC_ID_H264,       AV_CODEC_ID_HEVC,  AV_CODEC_ID_VP8,  AV_CODEC_ID_VP9,
    AV_CODEC_ID_AV1,        AV_CODEC_ID_MPEG4, AV_CODEC_ID_H263, AV_CODEC_ID_MPEG1VIDEO,
    AV_CODEC_ID_MPEG2VIDEO, AV_CODEC_ID_MJPEG, AV_CODEC_ID_GIF,  AV_CODEC_ID_MSMPEG4V2,
    AV_CODEC_ID_MSMPEG4V3,  AV_CODEC_ID_WMV3,  AV_CODEC_ID_VC1,  AV_CODEC_ID_THEORA};

// Whose decoders tell of damage. Those of others mostly make something up and say nothing:
// measured, docs/video.md.
constexpr std::array<AVCodecID, 3> codecs_that_tell = {AV_CODEC_ID_MPEG4, AV_CODEC_ID_MPEG1VIDEO,
                                                       AV_CODEC_ID_MPEG2VIDEO};

bool tells_of_damage(AVCodecID codec) {
  return std::ranges::find(codecs_that_tell, codec) != codecs_that_tell.end();
}

tl::unexpected<Error> damaged_film(const VideoReader::State& state, int error) {
  const AVCodecID codec =
      state.video >= 0 ? state.format->streams[state.video]->codecpar->codec_id : AV_CODEC_ID_NONE;
  if (tells_of_damage(codec)) {
    return fail(Error::Kind::bad_input,
                "The film is damaged ({0}); nothing was written. --best-effort hides what can be "
                "read, and covers damaged pictures whole.",
                {av::words(error)});
  }
  return fail(Error::Kind::bad_input,
              "The film is damaged ({0}), and which of its pictures are cannot be told reliably; "
              "nothing was written. Use another copy, or cut out the part that is whole and hide "
              "in that.",
              {av::words(error)});
}

tl::unexpected<Error> no_best_effort(std::string codec) {
  return fail(Error::Kind::unsupported,
              "--best-effort does not take {0}: which of its pictures are damaged cannot be told "
              "reliably.",
              {std::move(codec)});
}

// The formats call it with names of their own: other files are never opened.
int refuse_to_open(AVFormatContext*, AVIOContext**, const char*, int, AVDictionary**) {
  return AVERROR(EPERM);
}

Result<std::unique_ptr<VideoReader::State>> open_container(const std::filesystem::path& path) {
  auto state = std::make_unique<VideoReader::State>();
  state->fd = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (state->fd < 0 && errno == ENOENT) return fail(Error::Kind::io, "There is no such file.");
  if (state->fd < 0) {
    return fail(Error::Kind::io, "The file cannot be read ({0}).", {std::strerror(errno)});
  }
  state->io = TRY(av::io_on(state->fd, /*writes=*/false));
  AVFormatContext* format = avformat_alloc_context();
  if (!format) return fail(Error::Kind::over_limit, "There is not enough memory for this film.");
  format->pb = state->io.get();
  format->io_open = refuse_to_open;
  format->max_streams = limits::video_streams_max;
  AVDictionary* options = nullptr;
  av_dict_set(&options, "format_whitelist", containers, 0);
  const int error = avformat_open_input(&format, nullptr, nullptr, &options);  // Frees on failure.
  av_dict_free(&options);
  if (error < 0) {
    return fail(Error::Kind::bad_input,
                "This is not a film that can be read, or its beginning or index is damaged ({0}).",
                {av::words(error)});
  }
  state->format.reset(format);
  return state;
}

bool is_cover(const AVStream& stream) {
  return (stream.disposition & (AV_DISPOSITION_ATTACHED_PIC | AV_DISPOSITION_TIMED_THUMBNAILS)) !=
         0;
}

// The first stream of a kind that is what its kind says, the one marked as the main one before
// others.
int best_stream(const AVFormatContext& format, AVMediaType type) {
  int best = -1;
  for (unsigned i = 0; i < format.nb_streams; ++i) {
    const AVStream& stream = *format.streams[i];
    if (stream.codecpar->codec_type != type || is_cover(stream)) continue;
    const bool main = (stream.disposition & AV_DISPOSITION_DEFAULT) != 0;
    const bool best_is_main =
        best >= 0 && (format.streams[best]->disposition & AV_DISPOSITION_DEFAULT) != 0;
    if (best < 0 || (main && !best_is_main)) best = static_cast<int>(i);
  }
  return best;
}

std::string stream_name(const AVStream& stream) {
  const char* const type = av_get_media_type_string(stream.codecpar->codec_type);
  const std::string kind = is_cover(stream) ? "cover" : type ? type : "unknown";
  return kind + " (" + avcodec_get_name(stream.codecpar->codec_id) + ")";
}

void choose_streams(VideoReader::State& state, const VideoReadOptions& options) {
  AVFormatContext& format = *state.format;
  state.video = best_stream(format, AVMEDIA_TYPE_VIDEO);
  state.sound = best_stream(format, AVMEDIA_TYPE_AUDIO);
  for (int i = 0; i < static_cast<int>(format.nb_streams); ++i) {
    if (i == state.video || i == state.sound) continue;
    format.streams[i]->discard = AVDISCARD_ALL;
    state.info.dropped.push_back(stream_name(*format.streams[i]));
  }
  if (format.nb_chapters > 0) state.info.dropped.push_back("chapters");
  state.info.has_sound = state.sound >= 0;
  if (state.sound >= 0 && !options.sound) {
    format.streams[state.sound]->discard = AVDISCARD_ALL;
    state.sound = -1;
  }
}

Status check_size(int width, int height) {
  if (width <= 0 || height <= 0) {
    return fail(Error::Kind::bad_input, "The film does not say how large its pictures are.");
  }
  if (width > limits::side_pixels_max || height > limits::side_pixels_max ||
      int64_t{width} * height > limits::video_pixels_max) {
    return fail(Error::Kind::over_limit,
                "The film's pictures have {0} x {1} pixels, which is above the limit of {2} "
                "megapixels.",
                {std::to_string(width), std::to_string(height),
                 std::to_string(limits::video_pixels_max / 1'000'000)});
  }
  return {};
}

Status open_decoder(VideoReader::State& state, const VideoReadOptions& options) {
  const AVStream& stream = *state.format->streams[state.video];
  const AVCodecID id = stream.codecpar->codec_id;
  const AVCodec* const codec =
      std::ranges::find(codecs, id) != codecs.end() ? avcodec_find_decoder(id) : nullptr;
  if (!codec) {
    return fail(Error::Kind::unsupported, "The film's codec ({0}) is not handled.",
                {avcodec_get_name(id)});
  }
  if (options.best_effort && !tells_of_damage(id)) return no_best_effort(avcodec_get_name(id));
  TRY(check_size(stream.codecpar->width, stream.codecpar->height));
  state.decoder.reset(avcodec_alloc_context3(codec));
  AVCodecContext* const decoder = state.decoder.get();
  if (!decoder || avcodec_parameters_to_context(decoder, stream.codecpar) < 0) {
    return fail(Error::Kind::over_limit, "There is not enough memory for this film.");
  }
  decoder->pkt_timebase = stream.time_base;
  decoder->max_pixels = limits::video_pixels_max;
  // What is made up for damaged parts must not depend on how the work was shared out.
  decoder->thread_count = options.best_effort ? 1 : options.thread_count;
  decoder->err_recognition = AV_EF_CRCCHECK | AV_EF_BITSTREAM | AV_EF_BUFFER;
  av::count_complaints(*decoder, state.complaints);
  const int error = avcodec_open2(decoder, codec, nullptr);
  if (error < 0) return damaged_film(state, error);
  return {};
}

av::Turn turn_of_stream(const AVStream& stream) {
  return av::turn_of(reinterpret_cast<const int32_t*>(
      av_stream_get_side_data(&stream, AV_PKT_DATA_DISPLAYMATRIX, nullptr)));
}

std::optional<int64_t> frames_in(const AVFormatContext& format, const AVStream& stream) {
  if (stream.nb_frames > 0) return stream.nb_frames;
  const double seconds = stream.duration > 0
                             ? static_cast<double>(stream.duration) * av_q2d(stream.time_base)
                             : static_cast<double>(format.duration) / AV_TIME_BASE;
  const double frames = seconds * av_q2d(stream.avg_frame_rate) + 0.5;
  constexpr double frames_max = 1e12;  // More is none that a film has, nor can be counted.
  if (!(seconds > 0) || !(frames > 0 && frames < frames_max)) return std::nullopt;
  return static_cast<int64_t>(frames);
}

// What libav tells of the container itself is left out.
void add_tags(std::vector<std::string>& names, const AVDictionary* tags) {
  constexpr std::array<std::string_view, 9> of_container = {
      "major_brand", "minor_version", "compatible_brands", "encoder", "handler_name",
      "vendor_id",   "language",      "DURATION",          "duration"};
  const AVDictionaryEntry* tag = nullptr;
  while ((tag = av_dict_get(tags, "", tag, AV_DICT_IGNORE_SUFFIX)) != nullptr) {
    const std::string name = std::string(tag->key).substr(0, 64);
    const bool is_known = std::ranges::find(names, name) != names.end() ||
                          std::ranges::find(of_container, name) != of_container.end();
    if (!is_known && names.size() < limits::metadata_findings_max) names.push_back(name);
  }
}

void list_tags(VideoReader::State& state) {
  const AVFormatContext& format = *state.format;
  add_tags(state.info.tags, format.metadata);
  for (unsigned i = 0; i < format.nb_streams; ++i) {
    add_tags(state.info.tags, format.streams[i]->metadata);
  }
}

void describe(VideoReader::State& state) {
  const AVStream& stream = *state.format->streams[state.video];
  state.time_base = stream.time_base;
  state.frame_rate = stream.avg_frame_rate;
  state.turn = turn_of_stream(stream);
  state.stored = {stream.codecpar->width, stream.codecpar->height};
  state.info.size = state.turn.swaps ? Size{state.stored.height, state.stored.width} : state.stored;
  state.info.container = state.format->iformat->name;
  state.info.codec = avcodec_get_name(stream.codecpar->codec_id);
  state.info.frame_count = frames_in(*state.format, stream);
  list_tags(state);
}

// --- reading on ---

int64_t one_frame(const AVStream& stream) {
  const AVRational rate = stream.avg_frame_rate.num > 0 ? stream.avg_frame_rate : AVRational{25, 1};
  return std::max<int64_t>(1, av_rescale_q(1, av_inv_q(rate), stream.time_base));
}

// Pictures without a time stand one frame after the one before; times that go back are damage.
Status set_time(VideoReader::State& state, AVFrame& frame) {
  const AVStream& stream = *state.format->streams[state.video];
  if (frame.pkt_duration <= 0) frame.pkt_duration = one_frame(stream);
  int64_t pts = frame.best_effort_timestamp;
  if (pts == AV_NOPTS_VALUE) pts = state.last_pts ? *state.last_pts + state.last_duration : 0;
  if (state.last_pts) pts = std::max(pts, *state.last_pts + 1);
  if (!av::is_sane_time(pts, stream.time_base) ||
      !av::is_sane_time(frame.pkt_duration, stream.time_base)) {
    return damaged_film(state, AVERROR_INVALIDDATA);
  }
  if (!state.first_pts) state.first_pts = pts;
  frame.pts = pts;
  state.last_pts = pts;
  state.last_duration = frame.pkt_duration;
  return {};
}

MediaTime time_of(VideoReader::State& state, int64_t pts) {
  const AVRational base = state.format->streams[state.video]->time_base;
  const int64_t us = av_rescale_q(pts - *state.first_pts, base, AVRational{1, 1'000'000});
  state.last_us = std::max(us, state.last_us + 1);  // Two pictures never share a moment.
  return {state.last_us};
}

bool is_damaged(const AVFrame& frame) {
  return frame.decode_error_flags != 0 || (frame.flags & AV_FRAME_FLAG_CORRUPT) != 0;
}

void distrust_from(VideoReader::State& state, int64_t packet) {
  state.damaged_packet = std::max(state.damaged_packet, packet);
  state.trusts = false;
}

// A key picture in which every part refers to itself; pictures that are renewed bit by bit on the
// way (periodic intra refresh) are none.
bool is_whole_in_itself(const AVFrame& frame) {
  return frame.key_frame != 0 && frame.pict_type == AV_PICTURE_TYPE_I;
}

// Whether the picture can be believed: it is whole, and so is all that it may be made from. Codecs
// that do not pass on the packet's number are never believed again.
bool is_believed(VideoReader::State& state, const AVFrame& frame) {
  if (is_damaged(frame)) distrust_from(state, frame.reordered_opaque);
  if (is_whole_in_itself(frame) && frame.reordered_opaque > state.damaged_packet) {
    state.trusts = true;
  }
  return state.trusts;
}

Result<VideoFrame> finished_frame(VideoReader::State& state, av::Frame decoded) {
  if (is_damaged(*decoded) && !state.best_effort) return damaged_film(state, AVERROR_INVALIDDATA);
  const bool believed = !state.best_effort || is_believed(state, *decoded);
  const bool begins_group = believed && is_whole_in_itself(*decoded);
  if (decoded->width != state.stored.width || decoded->height != state.stored.height) {
    return fail(Error::Kind::unsupported,
                "The film's pictures change their size on the way, which is not handled.");
  }
  TRY(set_time(state, *decoded));
  auto frame = std::make_unique<VideoFrame::State>();
  frame->time = time_of(state, decoded->pts);
  frame->damaged = !believed;
  frame->begins_group = begins_group;
  frame->frame = TRY(av::upright_frame(std::move(decoded), state.turn));
  return VideoFrame(std::move(frame));
}

// What the decoder did with the last packet, or with those before where it works on several.
Status hear_complaints(VideoReader::State& state) {
  if (state.complaints.exchange(0) == 0) return {};
  if (!state.best_effort) return damaged_film(state, AVERROR_INVALIDDATA);
  distrust_from(state, state.packets_sent);
  return {};
}

// A picture that the decoder has ready; absent when it wants more first, or is at its end.
Result<std::optional<VideoFrame>> ready_frame(VideoReader::State& state) {
  av::Frame decoded(av_frame_alloc());
  if (!decoded) return fail(Error::Kind::over_limit, "There is not enough memory for this film.");
  const int error = avcodec_receive_frame(state.decoder.get(), decoded.get());
  TRY(hear_complaints(state));
  if (error == AVERROR(EAGAIN)) return std::optional<VideoFrame>();
  if (error == AVERROR_EOF) {
    state.at_end = true;
    return std::optional<VideoFrame>();
  }
  if (error < 0) {
    if (!state.best_effort) return damaged_film(state, error);
    distrust_from(state, state.packets_sent);
    return std::optional<VideoFrame>();
  }
  return std::optional<VideoFrame>(TRY(finished_frame(state, std::move(decoded))));
}

Status send(VideoReader::State& state, const AVPacket* packet) {
  state.decoder->reordered_opaque = ++state.packets_sent;  // Comes out again with the picture.
  const int error = avcodec_send_packet(state.decoder.get(), packet);
  TRY(hear_complaints(state));
  if (error >= 0 || error == AVERROR_EOF) return {};
  if (!state.best_effort) return damaged_film(state, error);
  distrust_from(state, state.packets_sent);
  return {};
}

// Whether pictures are missing before this packet: the container says how long each one is.
bool is_behind_a_hole(VideoReader::State& state, const AVPacket& packet) {
  const std::optional<int64_t> expected = state.next_dts;
  const AVStream& stream = *state.format->streams[state.video];
  const int64_t length = std::max(packet.duration, one_frame(stream));
  if (packet.dts == AV_NOPTS_VALUE) return false;
  if (!av::is_sane_time(packet.dts, stream.time_base)) return true;
  if (!av::is_sane_time(length, stream.time_base)) return true;
  state.next_dts = packet.dts + length;
  return expected && packet.dts > *expected + length / 2;
}

Status send_picture(VideoReader::State& state, const AVPacket& packet) {
  const bool corrupt = (packet.flags & AV_PKT_FLAG_CORRUPT) != 0;
  if (state.best_effort && (is_behind_a_hole(state, packet) || corrupt)) {
    distrust_from(state, corrupt ? state.packets_sent + 1 : state.packets_sent);
  }
  return send(state, &packet);
}

// The container ended too early: less came than it promised.
bool is_cut_short(const VideoReader::State& state, int error) {
  return error != AVERROR_EOF || (state.io->error != 0 && state.io->error != AVERROR_EOF);
}

Status end_of_packets(VideoReader::State& state, int error) {
  if (is_cut_short(state, error) && !state.best_effort) return damaged_film(state, error);
  state.draining = true;
  return send(state, nullptr);
}

// The first bytes of a file, with the zeros behind them that FFmpeg's probes want.
struct Head {
  static constexpr size_t length = 4096;
  std::array<uint8_t, length + AVPROBE_PADDING_SIZE> bytes = {};
  size_t count = 0;
  BytesView view() const { return std::as_bytes(std::span(bytes).first(count)); }
};

Head head_of(const std::filesystem::path& path) {
  Head head;
  std::error_code error;
  if (path == "-" || !std::filesystem::is_regular_file(path, error)) return head;
  std::ifstream file(path, std::ios::binary);
  file.read(reinterpret_cast<char*>(head.bytes.data()), Head::length);
  head.count = static_cast<size_t>(std::max<std::streamsize>(0, file.gcount()));
  return head;
}

// Of one picture too: libavformat reads GIF otherwise than we do.
bool is_animation(const std::filesystem::path& path) {
  const std::optional<StillFormat> format = sniff_still(head_of(path).view());
  return format == StillFormat::gif || format == StillFormat::webp;
}

// One of `containers`, by the first of its names.
bool is_readable(std::string_view names) {
  const std::string first(names.substr(0, names.find(',')));
  return ("," + std::string(containers) + ",").find("," + first + ",") != std::string::npos;
}

}  // namespace

bool is_video(const std::filesystem::path& path) {
  const Head head = head_of(path);
  if (head.count == 0 || sniff_still(head.view()).has_value()) return false;
  if (sniff_audio(head.view()).has_value()) return false;  // M4A is a container of films too.
  const AVProbeData probe = {"", const_cast<uint8_t*>(head.bytes.data()),
                             static_cast<int>(head.count), nullptr};
  int score = 0;
  const AVInputFormat* const format = av_probe_input_format3(&probe, 1, &score);
  return format && score > AVPROBE_SCORE_RETRY && is_readable(format->name);
}

bool is_animated(const std::filesystem::path& path) { return sniff_animation(path).has_value(); }

VideoReader::State::~State() {
  format.reset();
  io.reset();
  if (fd >= 0) close(fd);
}

VideoReader::VideoReader(std::unique_ptr<State> state) : state_(std::move(state)) {}
VideoReader::~VideoReader() = default;
VideoReader::VideoReader(VideoReader&&) noexcept = default;
VideoReader& VideoReader::operator=(VideoReader&&) noexcept = default;
const VideoInfo& VideoReader::info() const { return state_->info; }

Result<VideoReader> VideoReader::open(const std::filesystem::path& path,
                                      const VideoReadOptions& options) {
  av_log_set_level(AV_LOG_QUIET);  // Errors are ours to tell.
  if (is_animation(path)) {
    std::unique_ptr<State> state = TRY(av::open_animation(path));
    if (options.best_effort) return no_best_effort(state->info.codec);
    return VideoReader(std::move(state));
  }
  std::unique_ptr<State> state = TRY(open_container(path));
  state->best_effort = options.best_effort;
  const int error = avformat_find_stream_info(state->format.get(), nullptr);
  if (error < 0) return damaged_film(*state, error);
  choose_streams(*state, options);
  if (state->video < 0) {
    return fail(Error::Kind::unsupported, "There are no moving pictures in this file.");
  }
  TRY(open_decoder(*state, options));
  describe(*state);
  return VideoReader(std::move(state));
  // NOLINTNEXTLINE(clang-analyzer-cplusplus.NewDeleteLeaks): TRY hides the state's owner from it.
}

Result<std::optional<VideoUnit>> VideoReader::next() {
  State& state = *state_;
  if (state.animation) return av::next_of_animation(state);
  const av::Packet packet(av_packet_alloc());
  while (!state.at_end) {
    if (std::optional<VideoFrame> frame = TRY(ready_frame(state))) {
      return std::optional<VideoUnit>(std::move(*frame));
    }
    if (state.draining) continue;
    const int error = av_read_frame(state.format.get(), packet.get());
    if (error < 0) {
      TRY(end_of_packets(state, error));
      continue;
    }
    if ((packet->flags & AV_PKT_FLAG_CORRUPT) != 0 && !state.best_effort) {
      return damaged_film(state, AVERROR_INVALIDDATA);
    }
    if (packet->stream_index == state.sound) {
      auto sound = std::make_unique<SoundPacket::State>();
      sound->packet.reset(av_packet_clone(packet.get()));
      av_packet_unref(packet.get());
      return std::optional<VideoUnit>(SoundPacket(std::move(sound)));
    }
    if (packet->stream_index == state.video) TRY(send_picture(state, *packet));
    av_packet_unref(packet.get());
  }
  return std::optional<VideoUnit>();
}

}  // namespace faceveil
