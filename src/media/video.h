// Films in and out. Pictures are decoded one by one; sound goes through as it is, or is decoded and
// encoded again where it is to be changed. Memory does not grow with a film's length.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/files.h"
#include "media/audio.h"
#include "media/video_copy.h"
#include "media/video_frame.h"

namespace faceveil {

// A piece of compressed sound on its way from a reader to a writer.
class SoundPacket {
 public:
  struct State;
  explicit SoundPacket(std::unique_ptr<State>);
  ~SoundPacket();
  SoundPacket(SoundPacket&&) noexcept;
  SoundPacket& operator=(SoundPacket&&) noexcept;
  State& state() { return *state_; }

 private:
  std::unique_ptr<State> state_;
};

// In the order in which the file has them; pictures among themselves in order of time.
using VideoUnit = std::variant<VideoFrame, SoundPacket>;

struct VideoInfo {
  std::string container;  // "mov,mp4,…", as libavformat names it.
  std::string codec;      // "h264"
  Size size;              // Upright pixels.
  // What the container says, in frames; absent where only reading on can tell.
  std::optional<int64_t> frame_count;
  bool has_sound = false;
  // Streams that do not reach any output: "subtitle (mov_text)", "data (bin_data)", …
  std::vector<std::string> dropped;
  // Names of its metadata, which do not either: "location", "title", …
  std::vector<std::string> tags;
};

struct VideoReadOptions {
  // Damage is no error: from it on every picture comes out marked as damaged, until one that needs
  // nothing of what was before.
  bool best_effort = false;
  bool sound = true;
  int thread_count = 1;
};

// Whether the file is a film by its first bytes; pictures, animated ones too, are not. False where
// it cannot be read.
bool is_video(const std::filesystem::path&);
// Whether it is a picture that moves and can be read as a film: a GIF or WebP of at least two
// pictures (media/animation.h).
bool is_animated(const std::filesystem::path&);

class VideoReader {
 public:
  // Errors: io; bad_input; unsupported: no film, or a codec, format or size that FaceVeil does not
  // handle; over_limit.
  static Result<VideoReader> open(const std::filesystem::path&, const VideoReadOptions&);
  ~VideoReader();
  VideoReader(VideoReader&&) noexcept;
  VideoReader& operator=(VideoReader&&) noexcept;

  const VideoInfo& info() const;

  // Absent at the end. Times of pictures increase strictly. Errors: bad_input for damage (without
  // best_effort), unsupported where the picture's size changes.
  Result<std::optional<VideoUnit>> next();

  // Goes on with a picture that needs nothing of what was before it, at `time` or earlier where the
  // container's index can be believed; the caller looks at the times of what comes. At least one
  // picture must have been read. Errors: unsupported, where the container cannot do that.
  Status seek(MediaTime time);

  struct State;
  const State& state() const { return *state_; }

 private:
  explicit VideoReader(std::unique_ptr<State>);
  std::unique_ptr<State> state_;
};

enum class VideoCodec : uint8_t { h264, h265, vp9, av1 };
Result<VideoCodec> parse_video_codec(std::string_view);

// Changes a film's sound on its way. As many samples come out as go in, in their order, though some
// later: finish() gives what was held back. Blocks follow each other without gaps; their times
// count from the film's first picture.
struct SoundChange {
  std::function<AudioBlock(const AudioBlock&)> process;
  std::function<AudioBlock()> finish;
};

struct VideoWriteOptions {
  std::optional<VideoCodec> codec;  // Absent: h264, in WebM vp9.
  std::optional<int> crf;           // Absent: a high quality, the codec's own scale.
  std::string preset;               // Empty: a middle one; x264's, x265's and SVT-AV1's own names.
  int thread_count = 1;
  bool sound = true;
  // Empty: the sound's compressed data go through. Else called once, by a film that has sound.
  std::function<SoundChange(AudioLayout)> change_sound;
  // The film whose groups of pictures copy() copies; empty: none. Only where can_copy_groups().
  std::filesystem::path copy_from;
  bool sound_may_be_damaged = false;  // Of sound to be changed: what is damaged becomes silent.
};

// Writes a film like the one that is read: its times, shape and colours; none of its metadata.
class VideoWriter {
 public:
  // The container follows from the name. Errors: io, unsupported, bad_input. Sound that is to be
  // changed and cannot be is an error, never left as it is.
  static Result<VideoWriter> create(const std::filesystem::path&, Overwrite, const VideoReader&,
                                    const VideoWriteOptions&);
  ~VideoWriter();
  VideoWriter(VideoWriter&&) noexcept;
  VideoWriter& operator=(VideoWriter&&) noexcept;

  // Whether the sound of the film read is written too, changed or not; false also where the
  // container cannot hold it.
  bool keeps_sound() const;

  Status write(VideoUnit);
  // Writes a group of copyable_groups() as it is coded, in place of its pictures, of which `first`
  // is the first. In order of time with the pictures written. Errors: io, bad_input.
  Status copy(PictureRange group, const VideoFrame& first);
  // The whole film, which appears under its name when the caller finishes the file. Once. Errors:
  // io; bad_input where not one picture was written.
  Result<OutputFile> complete();

 private:
  struct State;
  explicit VideoWriter(std::unique_ptr<State>);
  std::unique_ptr<State> state_;
};

// Whether what is written under this name can go on from copied groups of pictures to encoded ones:
// H.264 in MP4, MOV, Matroska and transport streams.
bool can_copy_groups(const std::filesystem::path& output, const VideoWriteOptions&);

// Whether a film can be written under this name: ".mp4", ".mkv", …
bool is_video_name(const std::filesystem::path&);

}  // namespace faceveil
