#include "tests/support/drawn_films.h"

#include <cmath>

#include "base/check.h"
#include "evaluate/drawn_lots.h"
#include "media/video/frame_state.h"
#include "tests/support/drawn_pictures.h"

namespace faceveil::test {
namespace {

AVPixelFormat format_of(const SampleLayout& layout) {
  if (layout.shift_y > 0) return layout.bits > 8 ? AV_PIX_FMT_YUV420P10 : AV_PIX_FMT_YUV420P;
  if (layout.shift_x > 0) return layout.bits > 8 ? AV_PIX_FMT_YUV422P10 : AV_PIX_FMT_YUV422P;
  return layout.bits > 8 ? AV_PIX_FMT_YUV444P10 : AV_PIX_FMT_YUV444P;
}

template <typename Sample>
void fill_with_noise(VideoFrame& frame, DrawnLots& lots) {
  for (int index = 0; index < 3; ++index) {
    const VideoPlane plane = frame.plane(index);
    for (int y = 0; y < plane.size.height; ++y) {
      for (int x = 0; x < plane.size.width; ++x) {
        plane.row<Sample>(y)[x] = static_cast<Sample>(lots.below(1 << frame.bits_per_sample()));
      }
    }
  }
}

// A pattern that moves by lot, so that a picture made of the wrong neighbours is another picture.
void draw(AVFrame& frame, const DrawnFilm& film, int index) {
  DrawnLots lots(film.seed * 1'000'003 + static_cast<uint64_t>(index));
  const int right = lots.below(32), down = lots.below(32);
  for (int plane = 0; plane < 3; ++plane) {
    const int shift = plane > 0 ? 1 : 0;
    for (int y = 0; y < frame.height >> shift; ++y) {
      uint8_t* const row = frame.data[plane] + ptrdiff_t{y} * frame.linesize[plane];
      for (int x = 0; x < frame.width >> shift; ++x) {
        const int pattern = ((x << shift) + right) / 8 * 37 + ((y << shift) + down) / 8 * 59;
        row[x] = static_cast<uint8_t>(40 + pattern % 150 + lots.below(12));
      }
    }
  }
}

// ITU-R BT.601, limited range; chroma of the upper left pixel of four.
void draw_face_film(AVFrame& frame, const DrawnFilm& film, int index) {
  Image picture = Image::create(PixelFormat::rgb8, film.size).value();
  std::fill_n(picture.row<uint8_t>(0), picture.size_bytes(), uint8_t{150});
  draw_face(picture, drawn_face(film, index));
  for (int y = 0; y < frame.height; ++y) {
    for (int x = 0; x < frame.width; ++x) {
      const uint8_t* const rgb = picture.row<uint8_t>(y) + ptrdiff_t{3} * x;
      const double r = rgb[0], g = rgb[1], b = rgb[2];
      const auto put = [&](int plane, double value) {
        const int shift = plane > 0 ? 1 : 0;
        frame.data[plane][ptrdiff_t{y >> shift} * frame.linesize[plane] + (x >> shift)] =
            static_cast<uint8_t>(std::lround(value));
      };
      put(0, 16 + 0.257 * r + 0.504 * g + 0.098 * b);
      if (x % 2 != 0 || y % 2 != 0) continue;
      put(1, 128 - 0.148 * r - 0.291 * g + 0.439 * b);
      put(2, 128 + 0.439 * r - 0.368 * g - 0.071 * b);
    }
  }
}

struct CloseOutput {
  void operator()(AVFormatContext* format) const {
    if (format && format->pb) avio_closep(&format->pb);
    avformat_free_context(format);
  }
};
using Output = std::unique_ptr<AVFormatContext, CloseOutput>;

Output open_output(const DrawnFilm& film, const std::filesystem::path& path) {
  AVFormatContext* format = nullptr;
  CHECK(avformat_alloc_output_context2(&format, nullptr, film.container.c_str(), path.c_str()) >=
        0);
  Output output(format);
  CHECK(avio_open(&output->pb, path.c_str(), AVIO_FLAG_WRITE) >= 0);
  return output;
}

bool wants_global_header(const DrawnFilm& film) {
  const AVOutputFormat* const format = av_guess_format(film.container.c_str(), nullptr, nullptr);
  CHECK(format);
  return (format->flags & AVFMT_GLOBALHEADER) != 0;
}

av::Codec open_encoder(const DrawnFilm& film) {
  const AVCodec* const codec = avcodec_find_encoder_by_name(film.encoder.c_str());
  CHECK(codec);
  av::Codec encoder(avcodec_alloc_context3(codec));
  encoder->width = film.size.width;
  encoder->height = film.size.height;
  encoder->pix_fmt = AV_PIX_FMT_YUV420P;
  encoder->time_base = {1, film.pictures_a_second};
  encoder->framerate = {film.pictures_a_second, 1};
  encoder->gop_size = film.keyframe_every;
  encoder->max_b_frames = film.b_frames;
  encoder->thread_count = 1;
  encoder->bit_rate = 600'000;
  if (film.encoder == "mjpeg") encoder->color_range = AVCOL_RANGE_JPEG;
  if (wants_global_header(film)) encoder->flags |= AV_CODEC_FLAG_GLOBAL_HEADER;
  AVDictionary* settings = nullptr;
  if (film.encoder == "libx265") av_dict_set(&settings, "x265-params", "log-level=none", 0);
  CHECK(avcodec_open2(encoder.get(), codec, &settings) >= 0);
  av_dict_free(&settings);
  return encoder;
}

void add_streams(AVFormatContext& output, const DrawnFilm& film, const AVCodecContext& encoder) {
  AVStream* const video = avformat_new_stream(&output, nullptr);
  CHECK(video && avcodec_parameters_from_context(video->codecpar, &encoder) >= 0);
  video->time_base = encoder.time_base;
  video->avg_frame_rate = encoder.framerate;
  if (film.sound_packets == 0) return;
  AVStream* const sound = avformat_new_stream(&output, nullptr);
  CHECK(sound);
  sound->codecpar->codec_type = AVMEDIA_TYPE_AUDIO;
  sound->codecpar->codec_id = AV_CODEC_ID_PCM_S16LE;
  sound->codecpar->sample_rate = 48'000;
  sound->codecpar->bits_per_coded_sample = 16;
  av_channel_layout_default(&sound->codecpar->ch_layout, 1);
}

void write_sound(AVFormatContext& output, const DrawnFilm& film) {
  for (int i = 0; i < film.sound_packets; ++i) {
    const av::Packet packet(av_packet_alloc());
    CHECK(packet && av_new_packet(packet.get(), film.sound_packet_bytes) >= 0);
    std::fill_n(packet->data, packet->size, uint8_t{0});
    packet->stream_index = 1;
    packet->pts = packet->dts = i;  // The same moment, nearly: what a hostile file would say.
    CHECK(av_write_frame(&output, packet.get()) >= 0);
  }
}

}  // namespace

struct CodedFilm::State {
  DrawnFilm film;
  av::Codec encoder;
  std::vector<av::Packet> pictures;

  void encode(const AVFrame* frame) {
    CHECK(avcodec_send_frame(encoder.get(), frame) >= 0);
    for (av::Packet packet(av_packet_alloc());
         avcodec_receive_packet(encoder.get(), packet.get()) >= 0;
         packet.reset(av_packet_alloc())) {
      pictures.push_back(std::move(packet));
    }
  }

  void write_picture(AVFormatContext& output, const AVPacket& coded,
                     const std::vector<uint8_t>& bytes) const {
    const av::Packet packet(av_packet_alloc());
    CHECK(packet && av_new_packet(packet.get(), static_cast<int>(bytes.size())) >= 0);
    std::copy(bytes.begin(), bytes.end(), packet->data);
    CHECK(av_packet_copy_props(packet.get(), &coded) >= 0);
    packet->stream_index = 0;
    av_packet_rescale_ts(packet.get(), encoder->time_base, output.streams[0]->time_base);
    CHECK(av_write_frame(&output, packet.get()) >= 0);
  }
};

FilmDamage damage_by_lot(DamageKind damage, uint64_t seed) {
  DrawnLots lots(seed);
  const int first = 1 + lots.below(30),
            kind = damage == DamageKind::changed_bytes ? 2 : lots.below(2);
  const int second = lots.below(2) ? first : 1 + lots.below(30);
  return [=](int index, std::vector<uint8_t>& coded) {
    if (index != first && index != second) return true;
    DrawnLots bytes(seed + 77);
    if (kind == 0) return false;
    if (kind == 1) coded.resize(coded.size() / 2 + 1);
    for (int i = 0; kind == 2 && i < 6; ++i) {
      const size_t at = coded.size() / 4 + bytes.next() % (coded.size() * 3 / 4);
      coded[std::min(at, coded.size() - 1)] ^= static_cast<uint8_t>(1 + bytes.below(255));
    }
    return true;
  };
}

CodedFilm::CodedFilm(const DrawnFilm& film) : state_(std::make_unique<State>()) {
  av_log_set_level(AV_LOG_QUIET);
  state_->film = film;
  state_->encoder = open_encoder(film);
  for (int i = 0; i < film.picture_count; ++i) {
    const av::Frame frame =
        av::new_frame(AV_PIX_FMT_YUV420P, film.size.width, film.size.height).value();
    film.face ? draw_face_film(*frame, film, i) : draw(*frame, film, i);
    frame->pts = i;
    state_->encode(frame.get());
  }
  state_->encode(nullptr);
}

CodedFilm::~CodedFilm() = default;

void CodedFilm::write(const std::filesystem::path& path, const FilmDamage& damage) const {
  const Output output = open_output(state_->film, path);
  add_streams(*output, state_->film, *state_->encoder);
  CHECK(avformat_write_header(output.get(), nullptr) >= 0);
  write_sound(*output, state_->film);
  for (int i = 0; i < std::ssize(state_->pictures); ++i) {
    const AVPacket& coded = *state_->pictures[static_cast<size_t>(i)];
    std::vector<uint8_t> bytes(coded.data, coded.data + coded.size);
    if (!damage || damage(i, bytes)) state_->write_picture(*output, coded, bytes);
  }
  CHECK(av_write_trailer(output.get()) >= 0);
}

Rect drawn_face(const DrawnFilm& film, int index) {
  const auto side = static_cast<float>(film.size.height) / 2;
  const float room = static_cast<float>(film.size.width) - side;
  const float share = static_cast<float>(index) / static_cast<float>(film.picture_count);
  return {room * share, side / 2, side, side};
}

std::string samples_of(VideoFrame& frame) {
  std::string samples;
  for (int index = 0; index < 3; ++index) {
    const VideoPlane plane = frame.plane(index);
    for (int y = 0; y < plane.size.height; ++y) {
      samples.append(plane.row<char>(y), static_cast<size_t>(plane.size.width));
    }
  }
  return samples;
}

VideoFrame noise_frame(SampleLayout layout, Size size, uint64_t seed) {
  auto state = std::make_unique<VideoFrame::State>();
  state->frame = av::new_frame(format_of(layout), size.width, size.height).value();
  state->frame->interlaced_frame = layout.interlaced ? 1 : 0;
  VideoFrame frame(std::move(state));
  DrawnLots lots(seed);
  layout.bits > 8 ? fill_with_noise<uint16_t>(frame, lots) : fill_with_noise<uint8_t>(frame, lots);
  return frame;
}

}  // namespace faceveil::test
