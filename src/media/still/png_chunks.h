// The chunks of a PNG file (W3C PNG Specification, Third Edition, section 5).
#pragma once

#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"

namespace faceveil {

// Views into the file.
struct PngChunk {
  std::string_view type;  // Four letters.
  BytesView content;
  BytesView whole;  // With length, type and checksum.
};

// All chunks from IHDR to IEND. Errors: bad_input when one is cut short or IEND is missing,
// over_limit when there are too many.
Result<std::vector<PngChunk>> read_png_chunks(BytesView file);

inline constexpr std::string_view png_signature = "\x89PNG\r\n\x1a\n";

}  // namespace faceveil
