#include "media/video/av_wall.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdarg>
#include <cstring>
#include <string_view>

namespace faceveil::av {
namespace {

constexpr int io_buffer_bytes = 1 << 16;

int fd_of(void* opaque) { return static_cast<int>(reinterpret_cast<intptr_t>(opaque)); }

int read_some(void* opaque, uint8_t* buffer, int size) {
  const ssize_t got = read(fd_of(opaque), buffer, static_cast<size_t>(size));
  if (got < 0) return AVERROR(errno);
  return got == 0 ? AVERROR_EOF : static_cast<int>(got);
}

int write_some(void* opaque, uint8_t* buffer, int size) {
  const ssize_t put = write(fd_of(opaque), buffer, static_cast<size_t>(size));
  return put < 0 ? AVERROR(errno) : static_cast<int>(put);
}

int64_t seek_to(void* opaque, int64_t offset, int whence) {
  if ((whence & AVSEEK_SIZE) != 0) {
    struct stat info = {};
    return fstat(fd_of(opaque), &info) == 0 ? info.st_size : AVERROR(errno);
  }
  const off_t at = lseek(fd_of(opaque), offset, whence & ~AVSEEK_FORCE);
  return at < 0 ? AVERROR(errno) : at;
}

// The one message of lost pictures that is no error to FFmpeg (H.264: numbers of pictures).
constexpr std::string_view gap_message = "Frame num gap";

// FFmpeg has one listener for all of the process. Copies of a decoder on other threads have its
// `opaque`; nothing else of ours sets it.
void hear(void* speaker, int level, const char* text, va_list) {
  const bool is_decoder =
      speaker && *static_cast<const AVClass* const*>(speaker) == avcodec_get_class();
  if (!is_decoder || (level > AV_LOG_ERROR && !std::string_view(text).starts_with(gap_message))) {
    return;
  }
  auto* const complaints = static_cast<Complaints*>(static_cast<AVCodecContext*>(speaker)->opaque);
  if (complaints) ++*complaints;
}

auto short_of_memory() {
  return fail(Error::Kind::over_limit, "There is not enough memory for this film.");
}

// The matrix and the range that a picture's own tags ask for; both directions use the same, so that
// a picture goes through RGB and back in its own colours.
void set_colours(SwsContext* context, const AVFrame& like, bool from_yuv) {
  const int* matrix = sws_getCoefficients(like.colorspace == AVCOL_SPC_UNSPECIFIED ||
                                                  like.colorspace == AVCOL_SPC_RGB
                                              ? SWS_CS_DEFAULT
                                              : like.colorspace);
  const int full = like.color_range == AVCOL_RANGE_JPEG ? 1 : 0;
  const int one = 1 << 16;
  sws_setColorspaceDetails(context, matrix, from_yuv ? full : 1, matrix, from_yuv ? 1 : full, 0,
                           one, one);
}

bool is_rgb(int format) {
  const AVPixFmtDescriptor* const description =
      av_pix_fmt_desc_get(static_cast<AVPixelFormat>(format));
  return description && (description->flags & AV_PIX_FMT_FLAG_RGB) != 0;
}

}  // namespace

void count_complaints(AVCodecContext& decoder, Complaints& complaints) {
  decoder.opaque = &complaints;
  av_log_set_callback(hear);
}

bool is_sane_time(int64_t time, AVRational base) {
  constexpr int64_t most = INT64_C(1) << 60;
  const int64_t us = av_rescale_q(time, base, AVRational{1, 1'000'000});  // Least: none.
  return time >= -most && time <= most && us >= -most && us <= most;
}

std::string words(int error) {
  char text[AV_ERROR_MAX_STRING_SIZE] = {};
  av_strerror(error, text, sizeof text);
  return text;
}

Result<Frame> new_frame(AVPixelFormat format, int width, int height) {
  Frame frame(av_frame_alloc());
  if (!frame) return short_of_memory();
  frame->format = format;
  frame->width = width;
  frame->height = height;
  if (av_frame_get_buffer(frame.get(), 0) < 0) return short_of_memory();
  return frame;
}

Result<Frame> converted(const AVFrame& from, AVPixelFormat format) {
  Frame to = TRY(new_frame(format, from.width, from.height));
  if (av_frame_copy_props(to.get(), &from) < 0) return short_of_memory();
  const Scaler scaler(sws_getContext(
      from.width, from.height, static_cast<AVPixelFormat>(from.format), from.width, from.height,
      format, SWS_BILINEAR | SWS_ACCURATE_RND | SWS_FULL_CHR_H_INT | SWS_FULL_CHR_H_INP, nullptr,
      nullptr, nullptr));
  if (!scaler) {
    return fail(Error::Kind::unsupported, "The film's kind of pixels ({0}) is not handled.",
                {av_get_pix_fmt_name(static_cast<AVPixelFormat>(from.format))});
  }
  const bool yuv_to_yuv = !is_rgb(from.format) && !is_rgb(format);
  if (!yuv_to_yuv) set_colours(scaler.get(), from, !is_rgb(from.format));
  const int rows =
      sws_scale(scaler.get(), from.data, from.linesize, 0, from.height, to->data, to->linesize);
  if (rows != from.height) {
    return fail(Error::Kind::io, "A picture of the film cannot be converted ({0}).", {words(rows)});
  }
  return to;
}

namespace {

constexpr int band_rows = 64;  // Of RGB: what stays in the processor's cache.

void copy_rows(const AVFrame& from, int rows, std::byte* to, ptrdiff_t stride_bytes) {
  for (int y = 0; y < rows; ++y) {
    std::memcpy(to + y * stride_bytes, from.data[0] + ptrdiff_t{y} * from.linesize[0],
                static_cast<size_t>(from.width) * 3);
  }
}

// FFmpeg's fast way makes pairs of rows, and writes beyond the last column into the stride.
bool has_fast_way(const AVFrame& from) {
  return (from.format == AV_PIX_FMT_YUV420P || from.format == AV_PIX_FMT_YUV422P) &&
         from.height % 2 == 0;
}

Status convert_band(SwsContext* scaler, const AVFrame& from, int y, int rows, AVFrame& band) {
  const int shift_y = from.format == AV_PIX_FMT_YUV420P ? 1 : 0;
  const uint8_t* const planes[4] = {from.data[0] + ptrdiff_t{y} * from.linesize[0],
                                    from.data[1] + ptrdiff_t{y >> shift_y} * from.linesize[1],
                                    from.data[2] + ptrdiff_t{y >> shift_y} * from.linesize[2],
                                    nullptr};
  const int done = sws_scale(scaler, planes, from.linesize, 0, rows, band.data, band.linesize);
  if (done == rows) return {};
  return fail(Error::Kind::io, "A picture of the film cannot be converted ({0}).", {words(done)});
}

}  // namespace

Status convert_roughly(const AVFrame& from, std::byte* to, ptrdiff_t stride_bytes) {
  if (!has_fast_way(from)) {
    const Frame rgb = TRY(converted(from, AV_PIX_FMT_RGB24));
    copy_rows(*rgb, from.height, to, stride_bytes);
    return {};
  }
  const auto format = static_cast<AVPixelFormat>(from.format);
  const Scaler scaler(sws_getContext(from.width, band_rows, format, from.width, band_rows,
                                     AV_PIX_FMT_RGB24, SWS_POINT, nullptr, nullptr, nullptr));
  if (!scaler) return short_of_memory();
  set_colours(scaler.get(), from, true);
  const Frame band = TRY(new_frame(AV_PIX_FMT_RGB24, from.width, band_rows));
  for (int y = 0; y < from.height; y += band_rows) {
    const int rows = std::min(band_rows, from.height - y);
    TRY(convert_band(scaler.get(), from, y, rows, *band));
    copy_rows(*band, rows, to + y * stride_bytes, stride_bytes);
  }
  return {};
}

Result<Io> io_on(int fd, bool writes) {
  auto* const buffer = static_cast<uint8_t*>(av_malloc(io_buffer_bytes));
  if (!buffer) return short_of_memory();
  Io io(avio_alloc_context(buffer, io_buffer_bytes, writes ? 1 : 0,
                           reinterpret_cast<void*>(static_cast<intptr_t>(fd)), read_some,
                           writes ? write_some : nullptr, seek_to));
  if (io) return io;
  av_free(buffer);
  return short_of_memory();
}

}  // namespace faceveil::av
