// The wire format of Protocol Buffers (protobuf.dev, "Encoding"), field by field over bytes that
// somebody else owns: enough to read how an ONNX file describes itself, and to change a little of
// it, without a generated class for every message.
#pragma once

#include <optional>
#include <string_view>

#include "base/bytes.h"

namespace faceveil::brought {

struct WireField {
  uint32_t number = 0;
  bool has_content = false;  // Length-delimited: a message, a text, packed numbers.
  uint64_t integer = 0;      // Of a varint, a fixed32 (its bits) or a fixed64 (its bits).
  BytesView content;
  BytesView whole;  // The field with its tag, to be copied as it is.

  std::string_view text() const { return as_text(content); }
  // A varint as the signed number that int64 and int32 fields hold.
  int64_t signed_integer() const { return static_cast<int64_t>(integer); }
};

// Walks over one message. It never reads outside of it.
class WireReader {
 public:
  explicit WireReader(BytesView message) : rest_(message) {}

  // The next field; absent at the end of the message, and from where it is damaged on.
  std::optional<WireField> next();
  bool damaged() const { return damaged_; }

  // The next varint alone, as packed numbers have them.
  std::optional<uint64_t> next_varint();
  bool at_end() const { return rest_.empty(); }

 private:
  std::optional<BytesView> take(uint64_t count);

  BytesView rest_;
  bool damaged_ = false;
};

void append_integer(Bytes& message, uint32_t number, int64_t value);
void append_content(Bytes& message, uint32_t number, BytesView content);
inline void append_whole(Bytes& message, const WireField& field) {
  message.insert(message.end(), field.whole.begin(), field.whole.end());
}

}  // namespace faceveil::brought
