// Any bytes as an animation: as many pictures come as were promised, at the times that were
// promised, or an error; what stands beside them is listed; and what was read can be written and
// comes back the same.

#include <cstring>

#include "base/check.h"
#include "base/limits.h"
#include "fuzz/input_file.h"
#include "media/animation.h"
#include "media/metadata.h"

using namespace faceveil;

namespace {

// All pictures together: large ones teach the fuzzer nothing but patience. Fewer where each is
// coded again.
constexpr int64_t pixels_max = 1 << 21, pixels_written_max = 1 << 14;

int64_t pixels_of(const AnimationInfo& info) {
  return int64_t{info.size.width} * info.size.height * info.picture_count;
}

bool same(const Image& a, const Image& b) {
  return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size_bytes()) == 0;
}

// False where a picture is damaged.
bool walk(AnimationReader& reader, std::vector<AnimationPicture>& pictures) {
  const AnimationInfo& info = reader.info();
  int64_t count = 0, time_ms = 0;
  while (true) {
    Result<std::optional<AnimationPicture>> picture = reader.next();
    if (!picture) return false;
    if (!*picture) break;
    CHECK((*picture)->image.size() == info.size);
    CHECK((*picture)->image.format() == PixelFormat::rgba8);
    CHECK((*picture)->time.microseconds == time_ms * 1000);
    time_ms += shown_ms((*picture)->duration_ms);
    ++count;
    if (pixels_of(info) <= pixels_written_max) pictures.push_back(std::move(**picture));
  }
  CHECK(count == info.picture_count && time_ms == info.shown_ms);
  return true;
}

void check_written(const AnimationInfo& info, const std::vector<AnimationPicture>& pictures,
                   StillFormat format) {
  const auto may_not_differ = [](int, int) { return false; };
  Result<AnimationWriter> writer =
      AnimationWriter::create("/dev/shm/never_named", Overwrite::allow, format, info);
  CHECK(writer);
  for (const AnimationPicture& picture : pictures) {
    AnimationPicture copy = {*picture.image.copy(), picture.time, picture.duration_ms};
    CHECK(writer->write(std::move(copy), may_not_differ));
  }
  const Result<OutputFile> written = writer->complete();
  CHECK(written);
  Result<AnimationReader> reader = AnimationReader::open(written->unnamed_path());
  CHECK(reader && reader->info().words.empty() && reader->info().further.empty());
  CHECK(reader->info().size == info.size && reader->info().picture_count == info.picture_count);
  // A GIF has no place for what is half transparent.
  const bool exact = format == StillFormat::webp ||
                     (info.format == StillFormat::gif && writer->approximated() == 0);
  for (const AnimationPicture& wanted : pictures) {
    const Result<std::optional<AnimationPicture>> found = reader->next();
    CHECK(found && *found);
    CHECK(!exact || same((*found)->image, wanted.image));
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const BytesView bytes = std::as_bytes(std::span(data, size));
  const fuzz::InputFile file(bytes);
  const std::optional<StillFormat> sniffed = sniff_animation(file.path());
  CHECK(!sniffed || is_animation(bytes));
  Result<AnimationReader> reader = AnimationReader::open(file.path());
  if (!reader) return 0;
  const AnimationInfo& info = reader->info();
  CHECK(info.picture_count < 2 || sniffed == info.format);
  CHECK(inspect_metadata(bytes).has_value());
  if (pixels_of(info) > pixels_max) return 0;
  std::vector<AnimationPicture> pictures;
  if (!walk(*reader, pictures) || pictures.size() < 2) return 0;
  check_written(info, pictures, StillFormat::webp);
  check_written(info, pictures, StillFormat::gif);
  return 0;
}
