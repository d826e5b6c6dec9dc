// Any bytes to copy_without_metadata(): the copy of what is accepted decodes to the same picture.

#include <cstring>

#include "base/check.h"
#include "media/still.h"

using namespace faceveil;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  constexpr int64_t pixels_max = 1 << 20;
  const BytesView bytes = std::as_bytes(std::span(data, size));
  const Result<StillHeader> header = read_still_header(bytes);
  if (!header || int64_t{header->size.width} * header->size.height > pixels_max) return 0;
  const Result<CleanCopy> copy = copy_without_metadata(bytes);
  const Result<Still> still = decode_still(bytes);
  CHECK(copy.has_value() == still.has_value());
  if (!copy) return 0;
  const Result<Still> again = decode_still(copy->bytes);
  CHECK(again && again->image.size() == still->image.size());
  if (!copy->pixels_identical) return 0;
  CHECK(again->image.format() == still->image.format());
  CHECK(std::memcmp(again->image.data(), still->image.data(), still->image.size_bytes()) == 0);
  return 0;
}
