// Writes one Protocol Buffers message: the few kinds of field that onnx_export.cc needs.
// Source: "Encoding", the Protocol Buffers documentation (wire types 0, 2 and 5).
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>

namespace faceveil::bench {

class ProtobufMessage {
 public:
  void add(int field, int64_t value) {
    key(field, varint_type);
    varint(static_cast<uint64_t>(value));
  }

  void add(int field, float value) {
    key(field, fixed32_type);
    append(&value, sizeof value);
  }

  void add(int field, std::string_view value) {
    key(field, length_type);
    varint(value.size());
    append(value.data(), value.size());
  }

  void add(int field, const ProtobufMessage& message) { add(field, message.bytes()); }

  // As raw bytes, lowest byte first.
  void add_raw(int field, std::span<const float> values) {
    static_assert(std::endian::native == std::endian::little);
    key(field, length_type);
    varint(values.size_bytes());
    append(values.data(), values.size_bytes());
  }

  std::string_view bytes() const { return bytes_; }

 private:
  static constexpr unsigned varint_type = 0, length_type = 2, fixed32_type = 5;

  void key(int field, unsigned type) { varint(static_cast<unsigned>(field) << 3 | type); }

  void varint(uint64_t value) {
    for (; value >= 0x80; value >>= 7) bytes_ += static_cast<char>(value | 0x80);
    bytes_ += static_cast<char>(value);
  }

  void append(const void* data, size_t size_bytes) {
    bytes_.append(static_cast<const char*>(data), size_bytes);
  }

  std::string bytes_;
};

}  // namespace faceveil::bench
