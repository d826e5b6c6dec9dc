// The directories of a TIFF structure (TIFF 6.0, section 2; BigTIFF by its usual description): of a
// TIFF file or of an EXIF block. Every number may lie; nothing here reads outside the bytes, or
// comes back to a directory.
#pragma once

#include <optional>
#include <set>
#include <vector>

#include "base/bytes.h"

namespace faceveil {

struct TiffEntry {
  uint16_t tag = 0, type = 0;
  uint64_t count = 0;
  size_t at = 0;              // Of the value, from the structure's start.
  size_t bytes = 0;           // Of the value.
  bool whole = false;         // Its type is known and the value lies inside.
  bool inside_entry = false;  // It stands in the entry itself.
};

struct TiffDirectory {
  size_t at = 0, bytes = 0;
  std::vector<TiffEntry> entries;
  uint64_t next = 0;   // 0: none.
  bool whole = false;  // All its entries could be read.

  const TiffEntry* find(uint16_t tag) const;
};

class TiffStructure {
 public:
  // Absent where the header is none. The view is borrowed.
  static std::optional<TiffStructure> open(BytesView);

  bool is_big() const { return big_; }
  size_t header_bytes() const { return big_ ? 16 : 8; }
  uint64_t first_directory() const { return number(big_ ? 8 : 4, offset_bytes()); }

  // Empty and not whole for a directory that was read before, lies outside, or is one too many.
  TiffDirectory read_directory(uint64_t at);

  // The first `limit` numbers of a value of whole numbers; empty for other types.
  std::vector<uint64_t> numbers(const TiffEntry&, size_t limit = 1) const;

  BytesView stored_value(const TiffEntry&) const;
  Bytes big_endian_value(const TiffEntry&) const;

 private:
  TiffStructure(BytesView bytes, bool little, bool big)
      : bytes_(bytes), little_(little), big_(big) {}

  size_t offset_bytes() const { return big_ ? 8 : 4; }
  uint64_t number(size_t at, size_t byte_count) const;
  TiffEntry read_entry(size_t at) const;

  BytesView bytes_;
  bool little_ = false, big_ = false;
  std::set<uint64_t> seen_;
};

// Bytes of one value of this type (TIFF 6.0, "Types"); 0 for types that we do not know. And the
// width of its numbers, by which byte order swaps them: a RATIONAL has 8 bytes in two numbers.
size_t tiff_type_bytes(uint16_t type);
size_t tiff_number_bytes(uint16_t type);

namespace tiff_type {
inline constexpr uint16_t byte = 1, ascii = 2, u16 = 3, u32 = 4, rational = 5, undefined = 7;
}  // namespace tiff_type

}  // namespace faceveil
