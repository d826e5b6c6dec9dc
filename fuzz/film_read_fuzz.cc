// Any bytes as a film: opened, a few pictures decoded, some of it again behind a seek, its groups
// counted. What the decoders of libav do with damaged pictures is theirs; what the reader makes of
// it holds together.

#include "base/check.h"
#include "fuzz/input_file.h"
#include "media/video.h"

using namespace faceveil;

namespace {

constexpr int64_t pixels_max = 1 << 18;  // Large pictures teach the fuzzer nothing but patience.
constexpr int pictures_max = 4, units_max = 64;

void check_picture(VideoFrame& frame, Size size) {
  CHECK(frame.size() == size);
  const Result<Image> picture = frame.picture();
  CHECK(!picture || picture->size() == size);
  for (int index = 0; index < 3; ++index) CHECK(frame.plane(index).size.width > 0);
}

// The time of the last picture; absent where there is none.
std::optional<MediaTime> walk(VideoReader& reader) {
  std::optional<MediaTime> last;
  int pictures = 0;
  for (int units = 0; units < units_max && pictures < pictures_max; ++units) {
    Result<std::optional<VideoUnit>> unit = reader.next();
    if (!unit || !*unit) break;
    auto* const frame = std::get_if<VideoFrame>(&**unit);
    if (!frame) continue;
    check_picture(*frame, reader.info().size);
    CHECK(frame->time().microseconds >= 0 && (!last || *last < frame->time()));
    last = frame->time();
    ++pictures;
  }
  return last;
}

void check_film(const std::filesystem::path& path, bool best_effort) {
  Result<VideoReader> reader = VideoReader::open(path, {.best_effort = best_effort});
  if (!reader) return;
  const Size size = reader->info().size;
  CHECK(size.width > 0 && size.height > 0);
  if (int64_t{size.width} * size.height > pixels_max) return;
  const std::optional<MediaTime> last = walk(*reader);
  if (last && reader->seek({last->microseconds / 2})) walk(*reader);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const fuzz::InputFile file(std::as_bytes(std::span(data, size)));
  static_cast<void>(is_video(file.path()));
  check_film(file.path(), /*best_effort=*/false);
  check_film(file.path(), /*best_effort=*/true);
  const auto groups = copyable_groups(file.path(), [](MediaTime) { return true; });
  int64_t end = 0;
  for (const PictureRange& group : groups.value_or(std::vector<PictureRange>())) {
    CHECK(group.from >= end && group.to > group.from);
    end = group.to;
  }
  return 0;
}
