#include <cstring>

#include "base/check.h"
#include "media/video/frame_state.h"

namespace faceveil {
namespace {

const AVPixFmtDescriptor& description_of(const AVFrame& frame) {
  return *av_pix_fmt_desc_get(static_cast<AVPixelFormat>(frame.format));
}

AVPixelFormat rgb_format(const AVFrame& frame) {
  return description_of(frame).comp[0].depth > 8 ? AV_PIX_FMT_RGB48 : AV_PIX_FMT_RGB24;
}

// A view of a window: the same samples, further on. Borrowed from `frame`.
av::Frame view_of(const AVFrame& frame, const PixelWindow& window) {
  av::Frame view(av_frame_alloc());
  CHECK(view);
  view->format = frame.format;
  view->width = window.width;
  view->height = window.height;
  view->colorspace = frame.colorspace;
  view->color_range = frame.color_range;
  const AVPixFmtDescriptor& description = description_of(frame);
  const int sample_bytes = description.comp[0].depth > 8 ? 2 : 1;
  for (int plane = 0; plane < 3; ++plane) {
    const int shift_x = plane > 0 ? description.log2_chroma_w : 0;
    const int shift_y = plane > 0 ? description.log2_chroma_h : 0;
    view->linesize[plane] = frame.linesize[plane];
    view->data[plane] = frame.data[plane] + ptrdiff_t{window.y >> shift_y} * frame.linesize[plane] +
                        ptrdiff_t{window.x >> shift_x} * sample_bytes;
  }
  return view;
}

Result<Image> image_of(const AVFrame& rgb) {
  const bool wide = rgb.format == AV_PIX_FMT_RGB48;
  Image image = TRY(
      Image::create(wide ? PixelFormat::rgb16 : PixelFormat::rgb8, Size{rgb.width, rgb.height}));
  for (int y = 0; y < rgb.height; ++y) {
    std::memcpy(image.data() + y * image.stride_bytes(),
                rgb.data[0] + ptrdiff_t{y} * rgb.linesize[0],
                static_cast<size_t>(image.stride_bytes()));
  }
  return image;
}

}  // namespace

VideoFrame::VideoFrame(std::unique_ptr<State> state) : state_(std::move(state)) {}
VideoFrame::~VideoFrame() = default;
VideoFrame::VideoFrame(VideoFrame&&) noexcept = default;
VideoFrame& VideoFrame::operator=(VideoFrame&&) noexcept = default;

MediaTime VideoFrame::time() const { return state_->time; }
bool VideoFrame::damaged() const { return state_->damaged; }
bool VideoFrame::begins_group() const { return state_->begins_group; }
bool VideoFrame::interlaced() const { return state_->frame->interlaced_frame != 0; }
Size VideoFrame::size() const { return {state_->frame->width, state_->frame->height}; }
int VideoFrame::bits_per_sample() const { return description_of(*state_->frame).comp[0].depth; }
int VideoFrame::chroma_shift_x() const { return description_of(*state_->frame).log2_chroma_w; }
int VideoFrame::chroma_shift_y() const { return description_of(*state_->frame).log2_chroma_h; }

SeenPlane VideoFrame::seen_plane(int index) const {
  CHECK(index >= 0 && index < 3);
  const AVFrame& frame = *state_->frame;
  const int shift_x = index > 0 ? chroma_shift_x() : 0, shift_y = index > 0 ? chroma_shift_y() : 0;
  return {reinterpret_cast<const std::byte*>(frame.data[index]), frame.linesize[index],
          Size{AV_CEIL_RSHIFT(frame.width, shift_x), AV_CEIL_RSHIFT(frame.height, shift_y)}};
}

Status VideoFrame::make_own() {
  if (av_frame_make_writable(state_->frame.get()) >= 0) return {};
  return fail(Error::Kind::over_limit, "There is not enough memory for this film.");
}

VideoPlane VideoFrame::plane(int index) {
  CHECK(make_own().has_value());
  const SeenPlane seen = seen_plane(index);
  return {reinterpret_cast<std::byte*>(state_->frame->data[index]), seen.stride_bytes, seen.size};
}

Result<Image> VideoFrame::pixels(PixelWindow window) const {
  CHECK(window.x % (1 << chroma_shift_x()) == 0 && window.y % (1 << chroma_shift_y()) == 0);
  const av::Frame view = view_of(*state_->frame, window);
  const av::Frame rgb = TRY(av::converted(*view, rgb_format(*view)));
  return image_of(*rgb);
}

Result<Image> VideoFrame::picture() const {
  const av::Frame rgb = TRY(av::converted(*state_->frame, AV_PIX_FMT_RGB24));
  return image_of(*rgb);
}

Result<Image> VideoFrame::rough_picture() const {
  return rough_picture({0, 0, size().width, size().height});
}

Result<Image> VideoFrame::rough_picture(PixelWindow window) const {
  CHECK(window.x % (1 << chroma_shift_x()) == 0 && window.y % (1 << chroma_shift_y()) == 0);
  const av::Frame view = view_of(*state_->frame, window);
  Image image = TRY(Image::create(PixelFormat::rgb8, {window.width, window.height}));
  TRY(av::convert_roughly(*view, image.data(), image.stride_bytes()));
  return image;
}

Result<VideoFrame> VideoFrame::encoded_like_this(const Image& image) const {
  const bool wide = image.format() == PixelFormat::rgb16;
  CHECK(wide || image.format() == PixelFormat::rgb8);
  av::Frame rgb(av_frame_alloc());
  CHECK(rgb);
  rgb->format = wide ? AV_PIX_FMT_RGB48 : AV_PIX_FMT_RGB24;
  rgb->width = image.size().width;
  rgb->height = image.size().height;
  rgb->colorspace = state_->frame->colorspace;
  rgb->color_range = state_->frame->color_range;
  rgb->linesize[0] = static_cast<int>(image.stride_bytes());
  // Only read from.
  rgb->data[0] = const_cast<uint8_t*>(reinterpret_cast<const uint8_t*>(image.data()));
  auto state = std::make_unique<State>();
  state->frame = TRY(av::converted(*rgb, static_cast<AVPixelFormat>(state_->frame->format)));
  state->time = state_->time;
  return VideoFrame(std::move(state));
}

}  // namespace faceveil
