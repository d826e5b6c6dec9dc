// Animated GIF and WebP: pictures one by one, in their own colours. Memory does not grow with the
// number of pictures: beside the coded file a few pictures are held.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/files.h"
#include "base/time.h"
#include "media/still.h"

namespace faceveil {

struct AnimationInfo {
  StillFormat format = StillFormat::gif;  // gif or webp.
  Size size;                              // Upright pixels.
  int64_t picture_count = 0;
  int plays = 0;         // How often it is shown; 0: for ever.
  int64_t shown_ms = 0;  // Once, as players do.
  Bytes icc_profile;     // Empty where there is none.
  // What stands in the file beside the pictures: words and numbers; bytes, and whatever may hold a
  // further picture. Names of metadata.h's kinds, each once.
  std::vector<std::string> words, further;
};

struct AnimationPicture {
  Image image;          // rgba8, all of it as it is seen; zeros where nothing is.
  MediaTime time;       // From when on it is shown, as players do.
  int duration_ms = 0;  // As the file says.
  bool lossless = true;
};

// Players show a picture of at most 10 ms for 100 ms.
int shown_ms(int duration_ms);

// GIF or WebP of at least two pictures, by its content; absent for everything else, and for files
// that cannot be read.
std::optional<StillFormat> sniff_animation(const std::filesystem::path&);

// Whether these bytes are a picture that moves: GIF, WebP, and PNG, which is never handled as one.
bool is_animation(BytesView);

// The format in which an animation of format `read` is written under this name: GIF or WebP as the
// name says, `read` where the name says nothing. Absent where the name is that of a film or of
// another kind of picture.
std::optional<StillFormat> animation_format_for(const std::filesystem::path& output,
                                                StillFormat read);

// Where pictures come from: one a format, under animation/.
class AnimationPictures {
 public:
  virtual ~AnimationPictures() = default;
  // Absent at the end. The image is stored as the file has it; no time is set.
  virtual Result<std::optional<AnimationPicture>> next() = 0;
};

class AnimationReader {
 public:
  // Errors: io; bad_input for damage; unsupported where it is neither GIF nor WebP; over_limit.
  static Result<AnimationReader> open(const std::filesystem::path&);
  ~AnimationReader();
  AnimationReader(AnimationReader&&) noexcept;
  AnimationReader& operator=(AnimationReader&&) noexcept;

  const AnimationInfo& info() const;

  // Absent at the end; then as many have come as info() says. Errors: bad_input for damage.
  Result<std::optional<AnimationPicture>> next();

 private:
  struct State;
  explicit AnimationReader(std::unique_ptr<State>);
  std::unique_ptr<State> state_;
};

// Whether the colour of a pixel may be changed a little, to make room in a palette.
using MayDiffer = std::function<bool(int x, int y)>;

// Writes nothing but pictures, times, the number of plays and, in WebP, the colour profile. What is
// written depends on nothing else.
class AnimationWriter {
 public:
  // `like` says size, plays and profile. Errors: io, over_limit.
  static Result<AnimationWriter> create(const std::filesystem::path&, Overwrite, StillFormat,
                                        const AnimationInfo& like);
  ~AnimationWriter();
  AnimationWriter(AnimationWriter&&) noexcept;
  AnimationWriter& operator=(AnimationWriter&&) noexcept;

  // The next picture. In GIF, and in WebP where it is lossless, its pixels are written exactly but
  // for those that `may_differ`. A GIF has room for 255 new colours a picture: where more pixels in
  // sight need them, these are approximated too, which approximated() counts; what is half
  // transparent becomes opaque or goes. Errors: io, over_limit.
  Status write(AnimationPicture, const MayDiffer& may_differ);

  int64_t approximated() const;  // Pictures.

  // As VideoWriter::complete.
  Result<OutputFile> complete();

  struct State;

 private:
  explicit AnimationWriter(std::unique_ptr<State>);
  std::unique_ptr<State> state_;
};

}  // namespace faceveil
