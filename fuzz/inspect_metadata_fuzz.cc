// Any bytes to inspect_metadata(): what it lists lies inside the file, and what may be carried on
// survives being written and read again.

#include "base/check.h"
#include "media/metadata.h"

using namespace faceveil;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const BytesView bytes = std::as_bytes(std::span(data, size));
  const auto findings = inspect_metadata(bytes);
  const auto metadata = read_metadata(bytes);
  CHECK(findings.has_value() == metadata.has_value());
  if (!findings) return 0;
  for (const MetadataFinding& finding : *findings) CHECK(finding.offset <= size);
  const std::string without = xmp_without_gps(metadata->xmp);
  CHECK(xmp_without_gps(without) == without);
  const Bytes block = exif_block(metadata->tags, Orientation::right_top);
  CHECK(exif_orientation(block) == Orientation::right_top);
  return 0;
}
