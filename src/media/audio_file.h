// Sound files in and out: WAV, FLAC, MP3, MPEG-4 audio (AAC, ALAC), Ogg (Vorbis, FLAC) and Opus.
// Implemented with libav in media/audio/.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "media/audio.h"

namespace faceveil {

enum class AudioFormat : uint8_t { wav, flac, mp3, m4a, ogg, opus };

std::string_view audio_format_name(AudioFormat);

// By content: the first 4 KiB are enough, but for MP3 and FLAC behind a large ID3 tag, which are
// told by the tag. Absent for anything else, films in MPEG-4 included. The name of the file plays
// no part.
std::optional<AudioFormat> sniff_audio(BytesView head);

struct AudioFileInfo {
  AudioFormat format = AudioFormat::wav;
  AudioLayout layout;
  // What a new file will not have: "title", "artist", "cover art", ... sorted, each once.
  std::vector<std::string> dropped;
};

// Samples of a sound file from first to last.
class AudioReader {
 public:
  struct State;  // For the other files of media/audio.
  // Borrows the file's bytes. Errors: bad_input, when damaged; unsupported, for other formats,
  // codecs that we do not write, rates and channels beyond the limits, or films.
  static Result<AudioReader> create(BytesView file);
  ~AudioReader();
  AudioReader(AudioReader&&) noexcept;
  AudioReader& operator=(AudioReader&&) noexcept;

  const AudioFileInfo& info() const;

  // The next samples, never none; absent at the end. Errors: bad_input where the sound is damaged
  // or, in WAV, FLAC and MPEG-4, ends before the file says so; over_limit.
  Result<std::optional<AudioBlock>> next();

 private:
  friend class AudioWriter;
  explicit AudioReader(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

// A new sound file in memory, with samples and nothing else: no tags, no pictures, no chapters.
class AudioWriter {
 public:
  // In the format, codec, layout, depth and (lossy) about the bit rate of what `like` reads.
  static Result<AudioWriter> create(const AudioReader& like);
  ~AudioWriter();
  AudioWriter(AudioWriter&&) noexcept;
  AudioWriter& operator=(AudioWriter&&) noexcept;

  // In order; samples beyond full scale are clipped where the format has no room for them.
  Status write(const AudioBlock&);
  // The whole file. Only once. Lossless formats hold exactly the samples written.
  Result<Bytes> finish();

 private:
  struct State;
  explicit AudioWriter(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

// The same sound, not decoded and encoded again, in a file without anything else. Errors: as
// AudioReader, for the whole sound is decoded once to see that it is there.
Result<Bytes> copy_sound_alone(BytesView file);

}  // namespace faceveil
