#include "media/still/png_chunks.h"

#include "base/limits.h"
#include "media/still/numbers.h"

namespace faceveil {
namespace {

constexpr size_t frame_bytes = 12;  // Length, type and checksum around the content.

}  // namespace

Result<std::vector<PngChunk>> read_png_chunks(BytesView file) {
  std::vector<PngChunk> chunks;
  BytesView rest =
      file.size() < png_signature.size() ? BytesView() : file.subspan(png_signature.size());
  while (rest.size() >= frame_bytes) {
    const size_t length = big_u32(rest, 0);
    if (length > rest.size() - frame_bytes) break;
    if (std::ssize(chunks) == limits::picture_parts_max) {
      return fail(Error::Kind::over_limit, "The {0} file has more than {1} parts.",
                  {"PNG", std::to_string(limits::picture_parts_max)});
    }
    chunks.push_back(
        {as_text(rest.subspan(4, 4)), rest.subspan(8, length), rest.first(length + frame_bytes)});
    if (chunks.back().type == "IEND") return chunks;
    rest = rest.subspan(length + frame_bytes);
  }
  return fail(Error::Kind::bad_input, "The {0} file is damaged or cut short.", {"PNG"});
}

}  // namespace faceveil
