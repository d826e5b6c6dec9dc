#include "media/still/numbers.h"

namespace faceveil {

// Not inline: gcc 12 takes the growth of a vector whose first bytes it knows for an overflow.
void append(Bytes& to, BytesView bytes) { to.insert(to.end(), bytes.begin(), bytes.end()); }

void append_little(Bytes& to, uint32_t value, int byte_count) {
  for (int i = 0; i < byte_count; ++i) to.push_back(static_cast<std::byte>(value >> (8 * i)));
}

void append_big(Bytes& to, uint32_t value, int byte_count) {
  for (int i = byte_count - 1; i >= 0; --i) to.push_back(static_cast<std::byte>(value >> (8 * i)));
}

}  // namespace faceveil
