// The bits of a JPEG scan: read from and written to memory without stuffed zeros.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>

#include "base/bytes.h"

namespace faceveil {

// Bits of `bytes` from some place on. Looks up to 8 bytes beyond where it is: whoever reads keeps
// that many behind the end.
class BitCursor {
 public:
  BitCursor(BytesView bytes, uint64_t bit) : data_(as_u8(bytes)), bit_(bit) {}

  uint64_t bit() const { return bit_; }
  void skip(int count) { bit_ += static_cast<uint64_t>(count); }

  // The next 57 bits or more, the first of them highest.
  uint64_t next() const {
    uint64_t word;
    std::memcpy(&word, data_ + (bit_ >> 3), sizeof word);
    if constexpr (std::endian::native == std::endian::little) word = __builtin_bswap64(word);
    return word << (bit_ & 7);
  }

 private:
  const uint8_t* data_;
  uint64_t bit_;
};

// Adds bytes with a zero behind each 0xff (B.1.1.5).
inline void append_stuffed(Bytes& to, BytesView bytes) {
  while (!bytes.empty()) {
    const auto* const found =
        static_cast<const std::byte*>(std::memchr(bytes.data(), 0xff, bytes.size()));
    const size_t count = found ? static_cast<size_t>(found - bytes.data()) + 1 : bytes.size();
    to.insert(to.end(), bytes.begin(), bytes.begin() + static_cast<ptrdiff_t>(count));
    if (found) to.push_back(std::byte{0});
    bytes = bytes.subspan(count);
  }
}

// Writes bits behind what `file` holds.
class BitWriter {
 public:
  explicit BitWriter(Bytes& file) : file_(file), bytes_(piece_bytes) {}

  // The lowest `count` bits of `value`, which has no others; at most 32.
  void put(uint64_t value, int count) {
    pending_ = pending_ << count | value;
    pending_bits_ += count;
    if (pending_bits_ >= 32) store();
  }

  void copy(BytesView from, uint64_t begin, uint64_t end) {
    BitCursor cursor(from, begin);
    for (; cursor.bit() + 32 <= end; cursor.skip(32)) put(cursor.next() >> 32, 32);
    const int rest = static_cast<int>(end - cursor.bit());
    if (rest > 0) put(cursor.next() >> (64 - rest), rest);
  }

  // Fills the last byte with ones (F.1.2.3); then everything is in the file.
  void finish() {
    const int fill = (8 - pending_bits_ % 8) % 8;
    put((uint64_t{1} << fill) - 1, fill);
    while (pending_bits_ > 0) {
      pending_bits_ -= 8;
      bytes_[used_++] = static_cast<std::byte>(pending_ >> pending_bits_);
    }
    hand_over();
  }

 private:
  static constexpr size_t piece_bytes = size_t{1} << 15;  // Stays in the cache.

  void hand_over() {
    append_stuffed(file_, BytesView(bytes_).first(used_));
    used_ = 0;
  }

  void store() {
    pending_bits_ -= 32;
    auto word = static_cast<uint32_t>(pending_ >> pending_bits_);
    if constexpr (std::endian::native == std::endian::little) word = __builtin_bswap32(word);
    std::memcpy(bytes_.data() + used_, &word, sizeof word);
    used_ += sizeof word;
    if (used_ + 8 > bytes_.size()) hand_over();
  }

  Bytes& file_;
  Bytes bytes_;
  size_t used_ = 0;       // At least 8 bytes are free.
  uint64_t pending_ = 0;  // Its lowest pending_bits_ are still to be stored: fewer than 32.
  int pending_bits_ = 0;
};

}  // namespace faceveil
