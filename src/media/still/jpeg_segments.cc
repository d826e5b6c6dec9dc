#include "media/still/jpeg_segments.h"

#include <cstring>

#include "media/still/numbers.h"

namespace faceveil {
namespace {

using namespace jpeg_marker;

// Where the marker stands that ends the coded data beginning at `at`: stuffed zeros and restart
// markers belong to the data (B.1.1.5). The file's size when there is none.
size_t end_of_coded_data(BytesView file, size_t at) {
  while (at + 1 < file.size()) {
    const void* const found = std::memchr(file.data() + at, 0xff, file.size() - 1 - at);
    if (!found) break;
    at = static_cast<size_t>(static_cast<const std::byte*>(found) - file.data());
    const uint32_t next = u8_at(file, at + 1);
    if (next != 0 && !(next >= rst0 && next <= rst7)) return at;
    ++at;
  }
  return file.size();
}

bool stands_alone(uint8_t marker) { return marker == soi || marker == eoi; }
bool can_have_length(uint8_t marker) {
  return marker >= sof0 && !(marker >= rst0 && marker <= eoi);
}

// The segment at `at`, or none.
std::optional<JpegSegment> read_segment(BytesView file, size_t at) {
  if (file.size() - at < 2 || u8_at(file, at) != 0xff) return std::nullopt;
  const auto marker = static_cast<uint8_t>(u8_at(file, at + 1));
  if (stands_alone(marker)) return JpegSegment{marker, {}, file.subspan(at, 2)};
  if (file.size() - at < 4 || !can_have_length(marker)) return std::nullopt;
  const size_t length = big_u16(file, at + 2);
  if (length < 2 || length > file.size() - at - 2) return std::nullopt;
  const size_t end = at + 2 + length;
  const size_t whole_end = marker == sos ? end_of_coded_data(file, end) : end;
  return JpegSegment{marker, file.subspan(at + 4, length - 2), file.subspan(at, whole_end - at)};
}

// A marker may be preceded by any number of 0xff (B.1.1.2).
size_t skip_fill(BytesView file, size_t at) {
  while (at + 1 < file.size() && u8_at(file, at) == 0xff && u8_at(file, at + 1) == 0xff) ++at;
  return at;
}

// Up to and with EOI; up to and without SOS where only the header is asked for.
std::optional<std::vector<JpegSegment>> read_segments(BytesView file, bool header_only) {
  std::vector<JpegSegment> segments;
  size_t at = 0;
  while (at < file.size()) {
    at = skip_fill(file, at);
    if (header_only && big_u16(file, at) == (0xff00u | sos) && !segments.empty()) return segments;
    const std::optional<JpegSegment> segment = read_segment(file, at);
    const bool is_first = segments.empty();
    if (!segment || (segment->marker == soi) != is_first) return std::nullopt;
    segments.push_back(*segment);
    if (segment->marker == eoi) return segments;
    at += segment->whole.size();
  }
  return std::nullopt;
}

}  // namespace

std::optional<JpegSegment> read_jpeg_segment(BytesView file, size_t at) {
  return at < file.size() ? read_segment(file, skip_fill(file, at)) : std::nullopt;
}

std::optional<std::vector<JpegSegment>> read_jpeg_segments(BytesView file) {
  return read_segments(file, false);
}

std::optional<std::vector<JpegSegment>> read_jpeg_header_segments(BytesView file) {
  return read_segments(file, true);
}

void append_jpeg_segment(Bytes& to, uint8_t marker, std::string_view identifier,
                         BytesView content) {
  constexpr size_t content_bytes_max = 0xffff - 2;
  const size_t bytes = identifier.size() + content.size();
  if (bytes > content_bytes_max) return;
  append_big(to, 0xff00u | marker, 2);
  append_big(to, static_cast<uint32_t>(bytes + 2), 2);
  append(to, as_bytes(identifier));
  append(to, content);
}

}  // namespace faceveil
