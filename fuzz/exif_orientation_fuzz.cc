// Any bytes as EXIF: always one of the eight orientations, which the EXIF that we write keeps.

#include "base/check.h"
#include "media/metadata.h"
#include "media/orientation.h"

using namespace faceveil;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const BytesView bytes = std::as_bytes(std::span(data, size));
  const Orientation orientation = prefixed_exif_orientation(bytes);
  CHECK(orientation >= Orientation::top_left && orientation <= Orientation::left_bottom);
  CHECK(exif_orientation(exif_block({}, orientation)) == orientation);
  return 0;
}
