#include "media/video/animated.h"

#include <algorithm>

namespace faceveil::av {
namespace {

constexpr AVRational milliseconds = {1, 1000};

uint8_t on_white(uint8_t sample, uint8_t alpha) {
  return static_cast<uint8_t>((sample * alpha + 255 * (255 - alpha) + 127) / 255);
}

Result<Frame> frame_of(const Image& image) {
  const auto [width, height] = image.size();
  Frame frame = TRY(new_frame(AV_PIX_FMT_RGB24, width, height));
  for (int y = 0; y < height; ++y) {
    const uint8_t* from = image.row<uint8_t>(y);
    uint8_t* to = frame->data[0] + ptrdiff_t{y} * frame->linesize[0];
    for (int x = 0; x < width; ++x, from += 4, to += 3) {
      for (int c = 0; c < 3; ++c) to[c] = on_white(from[c], from[3]);
    }
  }
  return frame;
}

}  // namespace

Result<std::unique_ptr<VideoReader::State>> open_animation(const std::filesystem::path& path) {
  auto state = std::make_unique<VideoReader::State>();
  state->animation.emplace(TRY(AnimationReader::open(path)));
  const AnimationInfo& found = state->animation->info();
  state->time_base = milliseconds;
  const auto shown_ms = static_cast<int>(std::clamp<int64_t>(found.shown_ms, 1, INT32_MAX));
  state->frame_rate = av_mul_q({static_cast<int>(found.picture_count), 1}, {1000, shown_ms});
  state->info.container = state->info.codec = format_name(found.format);
  state->info.size = found.size;
  state->info.frame_count = found.picture_count;
  state->info.dropped = found.further;
  state->info.tags = found.words;
  return state;
}

Result<std::optional<VideoUnit>> next_of_animation(VideoReader::State& state) {
  const std::optional<AnimationPicture> picture = TRY(state.animation->next());
  if (!picture) return std::optional<VideoUnit>();
  Frame rgb = TRY(frame_of(picture->image));
  rgb->pts = picture->time.microseconds / 1000;
  rgb->pkt_duration = shown_ms(picture->duration_ms);
  auto frame = std::make_unique<VideoFrame::State>();
  frame->frame = TRY(upright_frame(std::move(rgb), Turn{}));
  frame->time = picture->time;
  frame->begins_group = true;
  return std::optional<VideoUnit>(VideoFrame(std::move(frame)));
}

}  // namespace faceveil::av
