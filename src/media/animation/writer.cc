// Animations out, into a file that has no name yet.

#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "base/check.h"
#include "media/animation/writing.h"
#include "media/still_formats.h"

namespace faceveil {

Status write_all(int descriptor, BytesView bytes) {
  while (!bytes.empty()) {
    const ssize_t put = ::write(descriptor, bytes.data(), bytes.size());
    if (put < 0 && errno == EINTR) continue;
    if (put <= 0) {
      return fail(Error::Kind::io, "The output cannot be written ({0}).", {std::strerror(errno)});
    }
    bytes = bytes.subspan(static_cast<size_t>(put));
  }
  return {};
}

struct AnimationWriter::State {
  explicit State(OutputFile output) : file(std::move(output)) {}

  OutputFile file;
  std::unique_ptr<PictureSink> sink;  // Before the file: it may write to it when it goes.
  Size size;
  bool started = false;
};

AnimationWriter::AnimationWriter(std::unique_ptr<State> state) : state_(std::move(state)) {}
AnimationWriter::~AnimationWriter() = default;
AnimationWriter::AnimationWriter(AnimationWriter&&) noexcept = default;
AnimationWriter& AnimationWriter::operator=(AnimationWriter&&) noexcept = default;

Result<AnimationWriter> AnimationWriter::create(const std::filesystem::path& path,
                                                Overwrite overwrite, StillFormat format,
                                                const AnimationInfo& like) {
  CHECK(format == StillFormat::gif || format == StillFormat::webp);
  const int side_max = still_codec(format).side_max;
  if (like.size.width > side_max || like.size.height > side_max) {
    return fail(Error::Kind::over_limit, "A side of the animation is too long for {0}.",
                {std::string(format_name(format))});
  }
  auto state = std::make_unique<State>(TRY(OutputFile::create(path, overwrite)));
  state->size = like.size;
  const int descriptor = state->file.descriptor();
  state->sink =
      TRY(format == StillFormat::gif ? gif_sink(descriptor, like) : webp_sink(descriptor, like));
  return AnimationWriter(std::move(state));
}

Status AnimationWriter::write(AnimationPicture picture, const MayDiffer& may_differ) {
  CHECK(picture.image.size() == state_->size && picture.image.format() == PixelFormat::rgba8);
  state_->started = true;
  return state_->sink->write(std::move(picture), may_differ);
}

int64_t AnimationWriter::approximated() const { return state_->sink->approximated(); }

Result<OutputFile> AnimationWriter::complete() {
  if (!state_->started) {
    return fail(Error::Kind::bad_input, "There is not one picture in this animation.");
  }
  TRY(state_->sink->finish());
  return std::move(state_->file);
}

}  // namespace faceveil
