// Bytes of files and messages. Views borrow: they are parameters only, never members.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace faceveil {

using Bytes = std::vector<std::byte>;
using BytesView = std::span<const std::byte>;

inline const uint8_t* as_u8(BytesView bytes) {
  return reinterpret_cast<const uint8_t*>(bytes.data());
}

inline BytesView as_bytes(std::string_view text) { return std::as_bytes(std::span(text)); }

inline std::string_view as_text(BytesView bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

}  // namespace faceveil
