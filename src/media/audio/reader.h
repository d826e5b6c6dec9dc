// The state of an AudioReader, which the writer looks at to write alike.
#pragma once

#include "media/audio/libav.h"
#include "media/audio_file.h"

namespace faceveil {

struct AudioReader::State {
  explicit State(BytesView bytes) : file(bytes) {}
  ~State() { avformat_close_input(&format); }
  State(const State&) = delete;
  State& operator=(const State&) = delete;

  Status open();
  Result<std::optional<AudioBlock>> next();

  AudioFileInfo info;
  libav::InputFile file;
  AVFormatContext* format = nullptr;
  AVStream* stream = nullptr;  // The one with the sound.
  libav::CodecContext decoder;

 private:
  Status open_container();
  Status choose_stream();
  Status open_decoder();
  void list_dropped();
  Status feed();
  Result<AudioBlock> block_of_frame();
  bool is_complete_mp3() const;
  Status check_complete() const;

  libav::Packet packet_{av_packet_alloc()};
  libav::Frame frame_{av_frame_alloc()};
  libav::Resampler to_float_;
  int64_t moments_ = 0, packets_ = 0;
  bool ended_ = false;          // The decoder has had the last packet.
  bool last_is_whole_ = false;  // Of MP3: the last frame so far.
};

// libav's name of the format's writer.
const char* muxer_name(AudioFormat format);

}  // namespace faceveil
