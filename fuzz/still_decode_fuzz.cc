// Any bytes as a still: what is accepted has the size that its header promised.

#include "base/check.h"
#include "media/still.h"

using namespace faceveil;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  constexpr int64_t pixels_max = 1 << 20;  // Large pictures teach the fuzzer nothing but patience.
  const BytesView bytes = std::as_bytes(std::span(data, size));
  const Result<StillHeader> header = read_still_header(bytes);
  if (header && int64_t{header->size.width} * header->size.height > pixels_max) return 0;
  const Result<Still> still = decode_still(bytes);
  CHECK(!still || (header && header->size == still->image.size()));
  return 0;
}
