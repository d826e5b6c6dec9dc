#include "detect/brought/wire.h"

namespace faceveil::brought {
namespace {

constexpr int varint_bytes_max = 10;
enum WireType : uint32_t { varint = 0, fixed64 = 1, delimited = 2, fixed32 = 5 };

uint64_t little_endian(BytesView bytes) {
  uint64_t value = 0;
  for (size_t i = 0; i < bytes.size(); ++i) value |= uint64_t{as_u8(bytes)[i]} << (8 * i);
  return value;
}

void append_varint(Bytes& message, uint64_t value) {
  for (; value >= 0x80; value >>= 7) message.push_back(static_cast<std::byte>(value | 0x80));
  message.push_back(static_cast<std::byte>(value));
}

}  // namespace

std::optional<uint64_t> WireReader::next_varint() {
  uint64_t value = 0;
  for (size_t i = 0; i < varint_bytes_max && i < rest_.size(); ++i) {
    const uint64_t byte = as_u8(rest_)[i];
    value |= (byte & 0x7f) << (7 * i);
    if (byte & 0x80) continue;
    rest_ = rest_.subspan(i + 1);
    return value;
  }
  damaged_ = true;
  return std::nullopt;
}

std::optional<BytesView> WireReader::take(uint64_t count) {
  if (count > rest_.size()) {
    damaged_ = true;
    return std::nullopt;
  }
  const BytesView taken = rest_.first(static_cast<size_t>(count));
  rest_ = rest_.subspan(static_cast<size_t>(count));
  return taken;
}

std::optional<WireField> WireReader::next() {
  if (damaged_ || rest_.empty()) return std::nullopt;
  const BytesView start = rest_;
  const std::optional<uint64_t> tag = next_varint();
  if (!tag) return std::nullopt;
  WireField field;
  field.number = static_cast<uint32_t>(*tag >> 3);
  std::optional<BytesView> content;
  switch (static_cast<uint32_t>(*tag & 7)) {
    case WireType::varint: {
      const std::optional<uint64_t> value = next_varint();
      if (!value) return std::nullopt;
      field.integer = *value;
      break;
    }
    case WireType::fixed64:
      if (!(content = take(8))) return std::nullopt;
      field.integer = little_endian(*content);
      break;
    case WireType::fixed32:
      if (!(content = take(4))) return std::nullopt;
      field.integer = little_endian(*content);
      break;
    case WireType::delimited: {
      const std::optional<uint64_t> size = next_varint();
      if (!size || !(content = take(*size))) return std::nullopt;
      field.has_content = true;
      field.content = *content;
      break;
    }
    default:  // Groups are older than ONNX.
      damaged_ = true;
      return std::nullopt;
  }
  field.whole = start.first(start.size() - rest_.size());
  return field;
}

void append_integer(Bytes& message, uint32_t number, int64_t value) {
  append_varint(message, uint64_t{number} << 3 | WireType::varint);
  append_varint(message, static_cast<uint64_t>(value));
}

void append_content(Bytes& message, uint32_t number, BytesView content) {
  append_varint(message, uint64_t{number} << 3 | WireType::delimited);
  append_varint(message, content.size());
  message.insert(message.end(), content.begin(), content.end());
}

}  // namespace faceveil::brought
