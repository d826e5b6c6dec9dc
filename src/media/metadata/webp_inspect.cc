// What stands beside the picture in a WebP file (RFC 9649).

#include <algorithm>
#include <string_view>

#include "media/metadata/containers.h"
#include "media/still/numbers.h"
#include "media/still/riff_chunks.h"

namespace faceveil {
namespace {

using namespace std::string_view_literals;
using enum MetadataKind;

bool is_picture(std::string_view type) {
  return type == "VP8 " || type == "VP8L" || type == "ALPH";
}

// A frame has a place for other chunks too; decoders skip them.
void inspect_frame(Inspection& to, const RiffChunk& frame) {
  const std::vector<RiffChunk> chunks = read_frame_chunks(frame);
  if (chunks.empty()) to.add(hidden_bytes, frame.content, "ANMF");
  for (const RiffChunk& chunk : chunks) {
    if (!is_picture(chunk.type)) to.add(unknown, chunk.content, "ANMF " + shown(chunk.type));
  }
}

void inspect_chunk(Inspection& to, const RiffChunk& chunk, bool& frame_seen) {
  const std::string_view type = chunk.type;
  const std::string name = shown(type);
  if (type == "EXIF") {
    const bool prefixed = as_text(chunk.content).starts_with("Exif\0\0"sv);
    const BytesView block = chunk.content.subspan(prefixed ? 6 : 0);
    inspect_exif(to, block, to.offset_of(block), name);
  } else if (type == "XMP ") {
    inspect_xmp(to, chunk.content, to.offset_of(chunk.content), name);
  } else if (type == "ICCP") {
    to.add(icc, chunk.content, name);
  } else if (type == "ANMF" || type == "VP8 " || type == "VP8L") {
    if (frame_seen) to.add(further_picture, chunk.content, name);
    frame_seen = true;
    if (type == "ANMF") inspect_frame(to, chunk);
  } else if (type == "C2PA") {
    to.add(content_credentials, chunk.content, name);
  } else if (type != "VP8X" && type != "ALPH" && type != "ANIM") {
    to.add(unknown, chunk.content, name);
  }
}

// The fixed part of VP8X (section 2.7.1) has ten bytes.
void inspect_header(Inspection& to, const RiffChunk& chunk) {
  constexpr size_t header_bytes = 10;
  if (chunk.type != "VP8X" || chunk.content.size() <= header_bytes) return;
  to.add(hidden_bytes, chunk.content.subspan(header_bytes), "VP8X");
}

}  // namespace

void inspect_webp(Inspection& to) {
  const Result<std::vector<RiffChunk>> chunks = read_riff_chunks(to.file);
  if (!chunks) {
    to.add(damaged, to.file, "WebP");
    return;
  }
  bool frame_seen = false;
  for (const RiffChunk& chunk : *chunks) {
    inspect_chunk(to, chunk, frame_seen);
    inspect_header(to, chunk);
  }
  const size_t riff_bytes = size_t{8} + little_u32(to.file, 4);
  const size_t end = std::min(riff_bytes + riff_bytes % 2, to.file.size());
  if (end < to.file.size()) to.add(trailing_bytes, to.file.subspan(end), "behind RIFF");
}

}  // namespace faceveil
