// The marker segments of a JPEG file (ITU-T T.81, annex B).
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "base/bytes.h"

namespace faceveil {

namespace jpeg_marker {
inline constexpr uint8_t sof0 = 0xc0, dht = 0xc4, dac = 0xcc, sof15 = 0xcf;
inline constexpr uint8_t rst0 = 0xd0, rst7 = 0xd7;
inline constexpr uint8_t soi = 0xd8, eoi = 0xd9, sos = 0xda, dqt = 0xdb, dri = 0xdd;
inline constexpr uint8_t app0 = 0xe0, app1 = 0xe1, app2 = 0xe2, app11 = 0xeb;
inline constexpr uint8_t app13 = 0xed, app14 = 0xee, app15 = 0xef, com = 0xfe;
}  // namespace jpeg_marker

// Views into the file.
struct JpegSegment {
  uint8_t marker;     // The byte after 0xff.
  BytesView content;  // After the length; empty for SOI and EOI.
  BytesView
      whole;  // Marker, length and content; after SOS also the coded data up to the next marker.
};

// The segment at `at`, which may be preceded by fill bytes (B.1.1.2); absent where none stands
// there, or not the whole of it.
std::optional<JpegSegment> read_jpeg_segment(BytesView file, size_t at);

// All segments from SOI to the first EOI. Absent where something stands between the segments that
// is not one: only a file whose every byte we can account for may be copied byte by byte.
std::optional<std::vector<JpegSegment>> read_jpeg_segments(BytesView file);

// Those from SOI up to, and without, the first scan; absent as above. Does not look at coded data.
std::optional<std::vector<JpegSegment>> read_jpeg_header_segments(BytesView file);

// Adds a segment with the identifier in front of the content. Left out where both do not fit into
// one: the readers' limits keep all below that.
void append_jpeg_segment(Bytes& to, uint8_t marker, std::string_view identifier, BytesView content);

}  // namespace faceveil
