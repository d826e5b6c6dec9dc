// From what a decoder gives to upright planar YUV.

#include <cstdlib>
#include <utility>

#include "media/video/frame_state.h"

namespace faceveil::av {
namespace {

template <typename Sample>
void turn_plane(const AVFrame& from, AVFrame& to, int plane, Size size, Turn turn) {
  for (int y = 0; y < size.height; ++y) {
    const int v = turn.flips_rows ? size.height - 1 - y : y;
    auto* const row = reinterpret_cast<Sample*>(to.data[plane] + ptrdiff_t{y} * to.linesize[plane]);
    for (int x = 0; x < size.width; ++x) {
      const int u = turn.flips_columns ? size.width - 1 - x : x;
      const int column = turn.swaps ? v : u, line = turn.swaps ? u : v;
      row[x] = reinterpret_cast<const Sample*>(from.data[plane] +
                                               ptrdiff_t{line} * from.linesize[plane])[column];
    }
  }
}

Result<Frame> turned(const AVFrame& from, Turn turn) {
  const int width = turn.swaps ? from.height : from.width;
  const int height = turn.swaps ? from.width : from.height;
  const auto format = static_cast<AVPixelFormat>(from.format);
  Frame to = TRY(new_frame(format, width, height));
  if (av_frame_copy_props(to.get(), &from) < 0) {
    return fail(Error::Kind::over_limit, "There is not enough memory for this film.");
  }
  const AVPixFmtDescriptor& description = *av_pix_fmt_desc_get(format);
  for (int plane = 0; plane < 3; ++plane) {
    const int shift_x = plane > 0 ? description.log2_chroma_w : 0;
    const int shift_y = plane > 0 ? description.log2_chroma_h : 0;
    const Size size = {AV_CEIL_RSHIFT(width, shift_x), AV_CEIL_RSHIFT(height, shift_y)};
    if (description.comp[0].depth > 8) turn_plane<uint16_t>(from, *to, plane, size, turn);
    if (description.comp[0].depth == 8) turn_plane<uint8_t>(from, *to, plane, size, turn);
  }
  const AVRational shape = from.sample_aspect_ratio;
  if (turn.swaps && shape.num > 0) to->sample_aspect_ratio = {shape.den, shape.num};
  return to;
}

// Chroma halved in one direction only would be halved in the other when the sides swap.
AVPixelFormat before_turning(AVPixelFormat format, Turn turn) {
  if (!turn.swaps) return format;
  if (format == AV_PIX_FMT_YUV422P) return AV_PIX_FMT_YUV444P;
  if (format == AV_PIX_FMT_YUV422P10) return AV_PIX_FMT_YUV444P10;
  return format;
}

// "yuvj420p" is yuv420p with a tag of its own.
AVPixelFormat without_range(AVPixelFormat format) {
  if (format == AV_PIX_FMT_YUVJ420P) return AV_PIX_FMT_YUV420P;
  if (format == AV_PIX_FMT_YUVJ422P) return AV_PIX_FMT_YUV422P;
  if (format == AV_PIX_FMT_YUVJ444P) return AV_PIX_FMT_YUV444P;
  return format;
}

}  // namespace

Turn turn_of(const int32_t* m) {
  if (!m) return {};
  Turn turn;
  turn.swaps = std::abs(int64_t{m[1]}) > std::abs(int64_t{m[0]});
  turn.flips_columns = (turn.swaps ? m[3] : m[0]) < 0;
  turn.flips_rows = (turn.swaps ? m[1] : m[4]) < 0;
  return turn;
}

bool is_handled(AVPixelFormat format) {
  return format == AV_PIX_FMT_YUV420P || format == AV_PIX_FMT_YUV422P ||
         format == AV_PIX_FMT_YUV444P || format == AV_PIX_FMT_YUV420P10 ||
         format == AV_PIX_FMT_YUV422P10 || format == AV_PIX_FMT_YUV444P10;
}

AVPixelFormat handled_format(AVPixelFormat format) {
  format = without_range(format);
  if (is_handled(format)) return format;
  const AVPixFmtDescriptor* const description = av_pix_fmt_desc_get(format);
  if (!description || (description->flags & AV_PIX_FMT_FLAG_HWACCEL) != 0) return AV_PIX_FMT_NONE;
  if (description->comp[0].depth > 10) return AV_PIX_FMT_NONE;
  return description->comp[0].depth > 8 ? AV_PIX_FMT_YUV420P10 : AV_PIX_FMT_YUV420P;
}

Result<Frame> upright_frame(Frame decoded, Turn turn) {
  const auto given = static_cast<AVPixelFormat>(decoded->format);
  if (without_range(given) != given) {
    decoded->color_range = AVCOL_RANGE_JPEG;
    decoded->format = without_range(given);
  }
  const AVPixelFormat handled = handled_format(given);
  if (handled == AV_PIX_FMT_NONE) {
    const char* const name = av_get_pix_fmt_name(given);
    return fail(Error::Kind::unsupported,
                "The film has more than 10 bits a sample ({0}), which is not handled.",
                {name ? name : "?"});
  }
  const AVPixelFormat wanted = before_turning(handled, turn);
  if (wanted != decoded->format) decoded = TRY(converted(*decoded, wanted));
  if (turn.any()) decoded = TRY(turned(*decoded, turn));
  av_frame_remove_side_data(decoded.get(), AV_FRAME_DATA_DISPLAYMATRIX);
  return decoded;
}

}  // namespace faceveil::av
