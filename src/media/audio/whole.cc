#include "media/audio/whole.h"

#include <array>
#include <cstdint>
#include <iterator>

namespace faceveil {
namespace {

constexpr size_t ogg_header_bytes = 27;
constexpr uint8_t ogg_last_page = 4;

uint8_t byte_at(BytesView bytes, size_t at) { return static_cast<uint8_t>(bytes[at]); }

// Bytes of the page at the beginning; 0: there is none, or it is cut off.
size_t ogg_page_bytes(BytesView file) {
  if (file.size() < ogg_header_bytes || as_text(file.first(4)) != "OggS") return 0;
  const size_t segments = byte_at(file, 26);
  size_t length = ogg_header_bytes + segments;
  if (file.size() < length) return 0;
  for (size_t i = 0; i < segments; ++i) length += byte_at(file, ogg_header_bytes + i);
  return length <= file.size() ? length : 0;
}

}  // namespace

bool ogg_ends_whole(BytesView file) {
  bool is_last = false;
  while (!file.empty()) {
    const size_t length = ogg_page_bytes(file);
    if (length == 0) return false;
    is_last = (byte_at(file, 5) & ogg_last_page) != 0;
    file = file.subspan(length);
  }
  return is_last;
}

bool mp3_frame_is_whole(BytesView frame) {
  constexpr std::array<int, 15> kbit_mpeg1 = {0,   32,  40,  48,  56,  64,  80, 96,
                                              112, 128, 160, 192, 224, 256, 320};
  constexpr std::array<int, 15> kbit_mpeg2 = {0,  8,  16, 24,  32,  40,  48, 56,
                                              64, 80, 96, 112, 128, 144, 160};
  constexpr std::array<int, 3> rate_hz_mpeg1 = {44'100, 48'000, 32'000};
  if (frame.size() < 4 || byte_at(frame, 0) != 0xff || (byte_at(frame, 1) & 0xe0) != 0xe0) {
    return true;
  }
  const int version = byte_at(frame, 1) >> 3 & 3;  // 3: MPEG-1, 2: MPEG-2, 0: MPEG-2.5.
  const size_t kbit = byte_at(frame, 2) >> 4, rate = byte_at(frame, 2) >> 2 & 3;
  if (version == 1 || kbit == 0 || kbit == 15 || rate == 3) return true;
  const bool mpeg1 = version == 3;
  const int rate_hz = rate_hz_mpeg1[rate] / (mpeg1 ? 1 : version == 2 ? 2 : 4);
  const int bits_a_second = 1000 * (mpeg1 ? kbit_mpeg1[kbit] : kbit_mpeg2[kbit]);
  const int padding = byte_at(frame, 2) >> 1 & 1;
  return std::ssize(frame) >= (mpeg1 ? 144 : 72) * bits_a_second / rate_hz + padding;
}

}  // namespace faceveil
