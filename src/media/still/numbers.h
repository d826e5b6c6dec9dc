// Whole numbers inside files, of either byte order. Reading past the end gives 0, so that a cut
// file is harmless; whoever needs to know checks sizes.
#pragma once

#include "base/bytes.h"

namespace faceveil {

inline uint32_t u8_at(BytesView bytes, size_t at) {
  return at < bytes.size() ? as_u8(bytes)[at] : 0;
}

inline uint32_t little_u16(BytesView bytes, size_t at) {
  return u8_at(bytes, at) | u8_at(bytes, at + 1) << 8;
}
inline uint32_t little_u32(BytesView bytes, size_t at) {
  return little_u16(bytes, at) | little_u16(bytes, at + 2) << 16;
}
inline uint32_t big_u16(BytesView bytes, size_t at) {
  return u8_at(bytes, at) << 8 | u8_at(bytes, at + 1);
}
inline uint32_t big_u32(BytesView bytes, size_t at) {
  return big_u16(bytes, at) << 16 | big_u16(bytes, at + 2);
}

void append(Bytes& to, BytesView bytes);
void append_little(Bytes& to, uint32_t value, int byte_count);
void append_big(Bytes& to, uint32_t value, int byte_count);

}  // namespace faceveil
