#include "media/still/riff_chunks.h"

#include <algorithm>
#include <optional>

#include "base/limits.h"
#include "media/still/numbers.h"

namespace faceveil {
namespace {

constexpr size_t riff_header_bytes = 12, chunk_header_bytes = 8, frame_header_bytes = 16;

tl::unexpected<Error> damaged() {
  return fail(Error::Kind::bad_input, "The {0} file is damaged or cut short.", {"WebP"});
}

tl::unexpected<Error> too_many() {
  return fail(Error::Kind::over_limit, "The {0} file has more than {1} parts.",
              {"WebP", std::to_string(limits::picture_parts_max)});
}

// Absent where one reaches over the end. The padding of the last one may be missing.
std::optional<RiffChunk> take_chunk(BytesView& rest) {
  if (rest.size() < chunk_header_bytes) return std::nullopt;
  const size_t length = little_u32(rest, 4);
  if (length > rest.size() - chunk_header_bytes) return std::nullopt;
  const RiffChunk chunk = {as_text(rest.first(4)), rest.subspan(chunk_header_bytes, length)};
  rest = rest.subspan(std::min(chunk_header_bytes + length + length % 2, rest.size()));
  return chunk;
}

Status read_chunks(BytesView rest, std::vector<RiffChunk>& chunks) {
  while (!rest.empty()) {
    if (std::ssize(chunks) == limits::picture_parts_max) return too_many();
    const std::optional<RiffChunk> chunk = take_chunk(rest);
    if (!chunk) return damaged();
    chunks.push_back(*chunk);
  }
  return {};
}

BytesView inside_frame(const RiffChunk& anmf) {
  return anmf.content.subspan(std::min(frame_header_bytes, anmf.content.size()));
}

// libwebp lists what it does not know of them, as we do.
Status check_frames(const std::vector<RiffChunk>& chunks) {
  int64_t count = 0;
  for (const RiffChunk& chunk : chunks) {
    if (chunk.type != "ANMF") continue;
    BytesView rest = inside_frame(chunk);
    while (count <= limits::picture_parts_max && take_chunk(rest)) ++count;
  }
  return count <= limits::picture_parts_max ? Status() : too_many();
}

}  // namespace

Result<std::vector<RiffChunk>> read_riff_chunks(BytesView file) {
  if (file.size() < riff_header_bytes) return damaged();
  const size_t length = little_u32(file, 4);
  if (length < 4 || length > file.size() - 8) return damaged();
  std::vector<RiffChunk> chunks;
  TRY(read_chunks(file.subspan(riff_header_bytes, length - 4), chunks));
  TRY(check_frames(chunks));
  return chunks;
}

std::vector<RiffChunk> read_frame_chunks(const RiffChunk& anmf) {
  std::vector<RiffChunk> chunks;
  if (!read_chunks(inside_frame(anmf), chunks)) return {};
  return chunks;
}

void append_riff_chunk(Bytes& body, std::string_view type, BytesView content) {
  append(body, as_bytes(type));
  append_little(body, static_cast<uint32_t>(content.size()), 4);
  append(body, content);
  if (content.size() % 2 == 1) body.push_back(std::byte{0});
}

Bytes riff_file(const Bytes& body) {
  Bytes file;
  file.reserve(riff_header_bytes + body.size());
  append(file, as_bytes("RIFF"));
  append_little(file, static_cast<uint32_t>(4 + body.size()), 4);
  append(file, as_bytes("WEBP"));
  append(file, body);
  return file;
}

}  // namespace faceveil
