#include "media/still/gif_blocks.h"

#include <algorithm>

#include "media/still/numbers.h"

namespace faceveil {
namespace {

size_t table_bytes(uint32_t flags) { return flags & 0x80 ? size_t{3} << ((flags & 7) + 1) : 0; }

// Where the block ends, its zero included; behind the file's end where it is cut.
size_t end_of_whole_block(BytesView file, size_t block) {
  size_t at = u8_at(file, block) == gif_extension
                  ? block + 2
                  : block + 10 + table_bytes(u8_at(file, block + 9)) + 1;
  while (at < file.size() && u8_at(file, at) != 0) at += 1 + size_t{u8_at(file, at)};
  return at + 1;
}

}  // namespace

size_t first_gif_block(BytesView file) {
  constexpr size_t header_bytes = 13;
  return header_bytes + table_bytes(u8_at(file, 10));
}

size_t end_of_gif_block(BytesView file, size_t at) {
  return std::min(end_of_whole_block(file, at), file.size());
}

bool is_whole_gif_block(BytesView file, size_t at) {
  return end_of_whole_block(file, at) <= file.size();
}

}  // namespace faceveil
