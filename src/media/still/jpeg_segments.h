// The marker segments of a JPEG file (ITU-T T.81, annex B).
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "base/bytes.h"

namespace faceveil {

namespace jpeg_marker {
inline constexpr uint8_t sof0 = 0xc0, dht = 0xc4, dac = 0xcc, sof15 = 0xcf;
inline constexpr uint8_t rst0 = 0xd0, rst7 = 0xd7;
inline constexpr uint8_t soi = 0xd8, eoi = 0xd9, sos = 0xda, dqt = 0xdb, dri = 0xdd;
inline constexpr uint8_t app0 = 0xe0, app1 = 0xe1, app2 = 0xe2, app14 = 0xee;
}  // namespace jpeg_marker

// Views into the file.
struct JpegSegment {
  uint8_t marker;     // The byte after 0xff.
  BytesView content;  // After the length; empty for SOI and EOI.
  BytesView
      whole;  // Marker, length and content; after SOS also the coded data up to the next marker.
};

// All segments from SOI to the first EOI. Absent where something stands between the segments that
// is not one: only a file whose every byte we can account for may be copied byte by byte.
std::optional<std::vector<JpegSegment>> read_jpeg_segments(BytesView file);

// Those from SOI up to, and without, the first scan; absent as above. Does not look at coded data.
std::optional<std::vector<JpegSegment>> read_jpeg_header_segments(BytesView file);

}  // namespace faceveil
