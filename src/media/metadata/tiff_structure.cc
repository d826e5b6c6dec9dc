#include "media/metadata/tiff_structure.h"

#include <algorithm>
#include <array>
#include <limits>
#include <string_view>

namespace faceveil {
namespace {

// Real files have below 10 directories of below 100 entries; DNG up to 20.
constexpr size_t directories_max = 256, entries_max = 4096;

struct Type {
  uint8_t value_bytes, number_bytes;
};

// By number: BYTE, ASCII, SHORT, LONG, RATIONAL, SBYTE, UNDEFINED, SSHORT, SLONG, SRATIONAL, FLOAT,
// DOUBLE, IFD, two unused, LONG8, SLONG8, IFD8.
constexpr std::array<Type, 19> types = {{{0, 0},
                                         {1, 1},
                                         {1, 1},
                                         {2, 2},
                                         {4, 4},
                                         {8, 4},
                                         {1, 1},
                                         {1, 1},
                                         {2, 2},
                                         {4, 4},
                                         {8, 4},
                                         {4, 4},
                                         {8, 8},
                                         {4, 4},
                                         {0, 0},
                                         {0, 0},
                                         {8, 8},
                                         {8, 8},
                                         {8, 8}}};

bool holds_whole_numbers(uint16_t type) {
  return type == tiff_type::byte || type == tiff_type::u16 || type == tiff_type::u32 ||
         type == 13 || type == 16 || type == 18;
}

}  // namespace

size_t tiff_type_bytes(uint16_t type) { return type < types.size() ? types[type].value_bytes : 0; }
size_t tiff_number_bytes(uint16_t type) {
  return type < types.size() ? types[type].number_bytes : 0;
}

const TiffEntry* TiffDirectory::find(uint16_t tag) const {
  const auto found = std::find_if(entries.begin(), entries.end(),
                                  [&](const TiffEntry& entry) { return entry.tag == tag; });
  return found == entries.end() ? nullptr : &*found;
}

std::optional<TiffStructure> TiffStructure::open(BytesView bytes) {
  using namespace std::string_view_literals;
  const std::string_view start = as_text(bytes).substr(0, 4);
  const bool little = start == "II*\0"sv || start == "II+\0"sv;
  const bool big = start == "II+\0"sv || start == "MM\0+"sv;
  if (!little && start != "MM\0*"sv && start != "MM\0+"sv) return std::nullopt;
  if (bytes.size() < (big ? 16u : 8u)) return std::nullopt;
  return TiffStructure(bytes, little, big);
}

// Past the end: 0.
uint64_t TiffStructure::number(size_t at, size_t byte_count) const {
  if (at > bytes_.size() || byte_count > bytes_.size() - at) return 0;
  uint64_t value = 0;
  for (size_t i = 0; i < byte_count; ++i) {
    value = value << 8 | as_u8(bytes_)[at + (little_ ? byte_count - 1 - i : i)];
  }
  return value;
}

TiffEntry TiffStructure::read_entry(size_t at) const {
  TiffEntry entry;
  entry.tag = static_cast<uint16_t>(number(at, 2));
  entry.type = static_cast<uint16_t>(number(at + 2, 2));
  entry.count = number(at + 4, offset_bytes());
  const size_t value_bytes = tiff_type_bytes(entry.type);
  if (value_bytes == 0 || entry.count > bytes_.size() / value_bytes) return entry;
  entry.bytes = static_cast<size_t>(entry.count) * value_bytes;
  const size_t field_at = at + 4 + offset_bytes();
  entry.inside_entry = entry.bytes <= offset_bytes();
  const uint64_t value_at = entry.inside_entry ? field_at : number(field_at, offset_bytes());
  entry.whole = value_at <= bytes_.size() && entry.bytes <= bytes_.size() - value_at;
  if (entry.whole) entry.at = static_cast<size_t>(value_at);
  return entry;
}

TiffDirectory TiffStructure::read_directory(uint64_t at) {
  TiffDirectory directory;
  const size_t count_bytes = big_ ? 8 : 2, entry_bytes = big_ ? 20 : 12;
  const bool fits = at >= header_bytes() && at < bytes_.size() &&
                    count_bytes <= bytes_.size() - static_cast<size_t>(at);
  if (!fits || seen_.size() >= directories_max || !seen_.insert(at).second) return directory;
  directory.at = static_cast<size_t>(at);
  const uint64_t said = number(directory.at, count_bytes);
  const size_t room = (bytes_.size() - directory.at - count_bytes) / entry_bytes;
  const size_t count = static_cast<size_t>(std::min<uint64_t>({said, room, entries_max}));
  for (size_t i = 0; i < count; ++i) {
    directory.entries.push_back(read_entry(directory.at + count_bytes + i * entry_bytes));
  }
  directory.whole = count == said;
  const size_t next_at = directory.at + count_bytes + count * entry_bytes;
  if (directory.whole) directory.next = number(next_at, offset_bytes());
  directory.bytes = std::min(next_at + offset_bytes(), bytes_.size()) - directory.at;
  return directory;
}

std::vector<uint64_t> TiffStructure::numbers(const TiffEntry& entry, size_t limit) const {
  std::vector<uint64_t> values;
  if (!entry.whole || !holds_whole_numbers(entry.type)) return values;
  const size_t width = tiff_type_bytes(entry.type);
  const size_t count = std::min(static_cast<size_t>(entry.count), limit);
  for (size_t i = 0; i < count; ++i) values.push_back(number(entry.at + i * width, width));
  return values;
}

BytesView TiffStructure::stored_value(const TiffEntry& entry) const {
  return entry.whole ? bytes_.subspan(entry.at, entry.bytes) : BytesView();
}

Bytes TiffStructure::big_endian_value(const TiffEntry& entry) const {
  const BytesView stored = stored_value(entry);
  Bytes value(stored.begin(), stored.end());
  const size_t width = tiff_number_bytes(entry.type);
  for (size_t at = 0; little_ && width > 1 && at + width <= value.size(); at += width) {
    std::reverse(value.begin() + static_cast<ptrdiff_t>(at),
                 value.begin() + static_cast<ptrdiff_t>(at + width));
  }
  return value;
}

}  // namespace faceveil
