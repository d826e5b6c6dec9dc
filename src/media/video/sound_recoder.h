// A film's sound decoded, changed and encoded again, packet by packet.
#pragma once

#include "media/audio/libav.h"
#include "media/video.h"
#include "media/video/av_wall.h"

namespace faceveil::av {

class SoundRecoder {
 public:
  // Takes what is encoded; times count in samples of the encoder's rate, on the clock of the film
  // that is read.
  using Sink = std::function<Status(Packet)>;

  // Whether this container marks what an encoder has to say before the first sample. Others would
  // have to show all pictures later for it.
  static bool holds_delay(const AVOutputFormat&, AVCodecID);

  // In the codec of `from`, or in one that the container holds where it does not hold that.
  // Errors: unsupported.
  static Result<std::unique_ptr<SoundRecoder>> create(const AVStream& from,
                                                      const AVOutputFormat& container,
                                                      const VideoWriteOptions&);

  const AVCodecContext& encoder() const { return *encoder_; }

  // Where the first picture stands on the stream's own clock; before the first write().
  void count_from(int64_t pts, AVRational base);

  // Null: no more comes. Errors: bad_input for damage, unless it is to be gone on with: then what
  // is missing is silent; unsupported where rate or channels change; the sink's.
  Status write(const AVPacket*, const Sink&);

 private:
  SoundRecoder() = default;
  Status open_decoder(const AVStream& from);
  Status open_encoder(const AVStream& from, const AVOutputFormat& container);
  Status try_encoder(const AVCodec&, const AVStream& from, const AVOutputFormat& container);
  void begin(int64_t place);
  Status take(const AVFrame&, const Sink&);
  Result<std::vector<float>> samples_of(const AVFrame&);
  Status fill_until(int64_t position, const Sink&);
  Status change(std::vector<float> samples, const Sink&);
  void add_pending(const std::vector<float>& samples);
  Status encode_ready(bool all, const Sink&);
  Status send(const AVFrame*, const Sink&);

  AudioLayout layout_;
  AVRational from_base_ = {0, 1};
  Codec decoder_, encoder_;
  libav::Resampler to_float_, from_float_;
  SoundChange change_;
  bool skips_damage_ = false, begins_with_pictures_ = false, holds_delay_ = false;
  int64_t film_start_ = 0;       // Of the first picture, in samples on the film's own clock.
  std::optional<int64_t> next_;  // The place of the next sample that comes in.
  int64_t encoded_ = 0;          // The place of the next one that goes to the encoder.
  int64_t left_out_ = 0;         // So many more do not go there.
  std::vector<float> pending_;   // Interleaved; less than a frame of the encoder between writes.
};

}  // namespace faceveil::av
