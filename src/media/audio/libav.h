// libav's types with owners, and its files in memory. Only for media/audio.
#pragma once

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/channel_layout.h>
#include <libavutil/opt.h>
#include <libswresample/swresample.h>
}

#include <memory>

#include "base/bytes.h"

namespace faceveil::libav {

struct Deleter {
  void operator()(AVCodecContext* context) const { avcodec_free_context(&context); }
  void operator()(AVPacket* packet) const { av_packet_free(&packet); }
  void operator()(AVFrame* frame) const { av_frame_free(&frame); }
  void operator()(SwrContext* context) const { swr_free(&context); }
  void operator()(AVIOContext* io) const {
    av_freep(&io->buffer);
    avio_context_free(&io);
  }
};
using CodecContext = std::unique_ptr<AVCodecContext, Deleter>;
using Packet = std::unique_ptr<AVPacket, Deleter>;
using Frame = std::unique_ptr<AVFrame, Deleter>;
using Resampler = std::unique_ptr<SwrContext, Deleter>;
using Io = std::unique_ptr<AVIOContext, Deleter>;

// A file that is read from memory. Stays where it is, for libav points to it.
struct InputFile {
  explicit InputFile(BytesView file);
  BytesView bytes;
  int64_t position = 0;
  Io io;  // Null when there is no memory.
};

// A file that grows in memory as it is written, at any place, up to limits::input_bytes_max twice
// over.
struct OutputFile {
  OutputFile();
  Bytes bytes;
  int64_t position = 0;
  Io io;
};

// libav writes its own complaints to standard error otherwise; ours are enough. Any thread.
void be_quiet();

}  // namespace faceveil::libav
