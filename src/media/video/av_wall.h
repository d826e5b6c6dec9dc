// The wall around FFmpeg's libraries: owners of their objects, their errors as ours.
#pragma once

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/display.h>
#include <libavutil/pixdesc.h>
#include <libswscale/swscale.h>
}

#include <atomic>
#include <memory>
#include <string>

#include "base/result.h"

namespace faceveil::av {

struct Free {
  void operator()(AVFrame* frame) const { av_frame_free(&frame); }
  void operator()(AVPacket* packet) const { av_packet_free(&packet); }
  void operator()(AVCodecContext* context) const { avcodec_free_context(&context); }
  void operator()(SwsContext* context) const { sws_freeContext(context); }
  void operator()(AVIOContext* context) const {
    if (context) av_freep(&context->buffer);
    avio_context_free(&context);
  }
};

using Frame = std::unique_ptr<AVFrame, Free>;
using Packet = std::unique_ptr<AVPacket, Free>;
using Codec = std::unique_ptr<AVCodecContext, Free>;
using Scaler = std::unique_ptr<SwsContext, Free>;
using Io = std::unique_ptr<AVIOContext, Free>;

// Decoders hide much of what is wrong with a film: they make something up, return no error and mark
// no picture. But they say so in their log. Counts what the decoder says on any thread, from now
// on. The count must live as long as the decoder.
using Complaints = std::atomic<int64_t>;
void count_complaints(AVCodecContext&, Complaints&);

// Whether a time that a file says, or a length of time, is one that can be reckoned with: no sum or
// difference of two of them overflows, as they are or in microseconds.
bool is_sane_time(int64_t time, AVRational base);

// FFmpeg's own words for an error number.
std::string words(int error);

// An empty frame of this format and size. Errors: over_limit where memory is short.
Result<Frame> new_frame(AVPixelFormat, int width, int height);

// A copy of a picture in another format, of the same size; colour tags come along. Errors: io.
Result<Frame> converted(const AVFrame&, AVPixelFormat);

// The same as RGB24 in the caller's memory, without its tags; where FFmpeg has a fast way each
// pixel takes the colour of its chroma sample as it is. Errors: io, over_limit.
Status convert_roughly(const AVFrame&, std::byte* to, ptrdiff_t stride_bytes);

// An input or output on a file descriptor, which stays the caller's. Errors: over_limit.
Result<Io> io_on(int fd, bool writes);

}  // namespace faceveil::av
