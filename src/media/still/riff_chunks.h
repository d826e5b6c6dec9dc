// The chunks of a WebP file (RFC 9649, section 2.3).
#pragma once

#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"

namespace faceveil {

// Flags of the VP8X chunk (RFC 9649, section 2.7.1).
inline constexpr uint8_t webp_has_icc = 0x20, webp_has_alpha = 0x10, webp_is_animated = 0x02;

// Views into the file.
struct RiffChunk {
  std::string_view type;  // Four letters, perhaps with a blank: "VP8 ".
  BytesView content;
};

// All chunks inside the RIFF container, which begins the file. Errors: bad_input when the file ends
// before the container, or a chunk reaches over its end; over_limit when there are too many.
Result<std::vector<RiffChunk>> read_riff_chunks(BytesView file);

// The chunks of one frame of an animation: those inside an ANMF chunk, after its own 16 bytes.
// Empty where damaged, or too many.
std::vector<RiffChunk> read_frame_chunks(const RiffChunk& anmf);

// Adds one chunk, padded to an even length.
void append_riff_chunk(Bytes& body, std::string_view type, BytesView content);

// A WebP file of the chunks in `body`.
Bytes riff_file(const Bytes& body);

}  // namespace faceveil
