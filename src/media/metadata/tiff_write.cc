#include "media/metadata/tiff_write.h"

#include <algorithm>
#include <array>

#include "base/check.h"
#include "media/metadata/exif.h"
#include "media/still/numbers.h"

namespace faceveil {
namespace {

using Directory = ExifTag::Directory;
using Fields = std::vector<TiffField>;

constexpr size_t header_bytes = 8, entry_bytes = 12, inline_bytes = 4;

size_t even(size_t bytes) { return bytes + bytes % 2; }

size_t directory_bytes(const Fields& fields) {
  size_t bytes = 2 + entry_bytes * fields.size() + 4;
  for (const TiffField& field : fields) {
    if (field.value.size() > inline_bytes) bytes += even(field.value.size());
  }
  return bytes;
}

void append_number(Bytes& to, size_t value, int byte_count, ByteOrder order) {
  const auto number = static_cast<uint32_t>(value);
  order == ByteOrder::little ? append_little(to, number, byte_count)
                             : append_big(to, number, byte_count);
}

Bytes ordered(const TiffField& field, ByteOrder order) {
  Bytes value = field.value;
  const size_t width = tiff_number_bytes(field.type);
  for (size_t at = 0; order == ByteOrder::little && at + width <= value.size(); at += width) {
    const auto first = value.begin() + static_cast<ptrdiff_t>(at);
    std::reverse(first, first + static_cast<ptrdiff_t>(width));
  }
  return value;
}

// Entries in the order of their tags, as the standard asks; values behind them.
Bytes directory_at(size_t at, Fields fields, ByteOrder order) {
  std::sort(fields.begin(), fields.end(),
            [](const TiffField& a, const TiffField& b) { return a.tag < b.tag; });
  Bytes entries, values;
  append_number(entries, fields.size(), 2, order);
  const size_t values_at = at + 2 + entry_bytes * fields.size() + 4;
  for (const TiffField& field : fields) {
    append_number(entries, field.tag, 2, order);
    append_number(entries, field.type, 2, order);
    append_number(entries, field.count, 4, order);
    Bytes value = ordered(field, order);
    if (value.size() <= inline_bytes) {
      value.resize(inline_bytes);
      append(entries, value);
      continue;
    }
    append_number(entries, values_at + values.size(), 4, order);
    value.resize(even(value.size()));
    append(values, value);
  }
  append_number(entries, 0, 4, order);
  append(entries, values);
  return entries;
}

TiffField long_field(uint16_t tag, size_t value) {
  TiffField field{tag, tiff_type::u32, 1, {}};
  append_big(field.value, static_cast<uint32_t>(value), 4);
  return field;
}

TiffField short_field(uint16_t tag, uint32_t value) {
  TiffField field{tag, tiff_type::u16, 1, {}};
  append_big(field.value, value, 2);
  return field;
}

TiffField block_field(uint16_t tag, uint16_t type, BytesView block) {
  return {tag, type, static_cast<uint32_t>(block.size()), Bytes(block.begin(), block.end())};
}

Fields fields_of(const std::vector<ExifTag>& tags, Directory directory) {
  Fields fields;
  for (const ExifTag& tag : tags) {
    if (tag.directory == directory) fields.push_back({tag.tag, tag.type, tag.count, tag.value});
  }
  return fields;
}

// Adds the pointer to a directory that is not empty and will stand at `at`.
void point_to(const Fields& directory, uint16_t pointer, size_t at, Fields& from) {
  if (!directory.empty()) from.push_back(long_field(pointer, at));
}

size_t size_unless_empty(const Fields& fields) {
  return fields.empty() ? 0 : directory_bytes(fields);
}

// Where pixels are, in the bytes of our own encoder; 0 where it says nothing.
size_t end_of_strips(const TiffStructure& structure, const TiffDirectory& directory) {
  constexpr size_t strips_max = 1 << 20;
  const TiffEntry* const offsets = directory.find(exif_tag::strip_offsets);
  const TiffEntry* const lengths = directory.find(exif_tag::strip_bytes);
  if (!offsets || !lengths) return 0;
  const auto at = structure.numbers(*offsets, strips_max);
  const auto bytes = structure.numbers(*lengths, strips_max);
  uint64_t end = 0;
  for (size_t i = 0; i < std::min(at.size(), bytes.size()); ++i) {
    end = std::max(end, at[i] + bytes[i]);
  }
  return static_cast<size_t>(end);
}

}  // namespace

Bytes tiff_directories(std::vector<TiffField> main, const std::vector<ExifTag>& tags, size_t at,
                       ByteOrder order) {
  const Fields interoperability = fields_of(tags, Directory::interoperability);
  const Fields gps = fields_of(tags, Directory::gps);
  Fields exif = fields_of(tags, Directory::exif);
  // The pointers' own places count before their values are known.
  const size_t exif_count = exif.size() + !interoperability.empty();
  const size_t pointers_bytes = entry_bytes * ((exif_count > 0) + !gps.empty());
  const size_t exif_at = at + directory_bytes(main) + pointers_bytes;
  const size_t exif_bytes =
      exif_count == 0 ? 0 : directory_bytes(exif) + entry_bytes * !interoperability.empty();
  const size_t interoperability_at = exif_at + exif_bytes;
  const size_t gps_at = interoperability_at + size_unless_empty(interoperability);
  point_to(interoperability, exif_tag::interoperability_directory, interoperability_at, exif);
  point_to(exif, exif_tag::exif_directory, exif_at, main);
  point_to(gps, exif_tag::gps_directory, gps_at, main);
  Bytes all = directory_at(at, std::move(main), order);
  CHECK(at + all.size() == exif_at);
  if (!exif.empty()) append(all, directory_at(exif_at, std::move(exif), order));
  if (!interoperability.empty()) {
    append(all, directory_at(interoperability_at, interoperability, order));
  }
  if (!gps.empty()) append(all, directory_at(gps_at, gps, order));
  return all;
}

Bytes exif_block(const std::vector<ExifTag>& tags, Orientation orientation) {
  Fields main = fields_of(tags, Directory::main);
  if (orientation != Orientation::top_left) {
    main.push_back(short_field(exif_tag::orientation, static_cast<uint32_t>(orientation)));
  }
  if (main.empty() && tags.empty()) return {};
  Bytes block;
  append(block, as_bytes("MM"));
  append_big(block, 42, 2);
  append_big(block, header_bytes, 4);
  append(block, tiff_directories(std::move(main), tags, header_bytes, ByteOrder::big));
  return block;
}

Bytes with_tiff_metadata(Bytes tiff, const Metadata& kept) {
  const std::optional<TiffStructure> opened = TiffStructure::open(tiff);
  CHECK(opened && !opened->is_big());
  TiffStructure structure = *opened;
  const TiffDirectory directory = structure.read_directory(structure.first_directory());
  Fields main = fields_of(kept.tags, Directory::main);
  for (const TiffEntry& entry : directory.entries) {
    main.push_back({entry.tag, entry.type, static_cast<uint32_t>(entry.count),
                    structure.big_endian_value(entry)});
  }
  if (!kept.xmp.empty()) {
    main.push_back(block_field(exif_tag::xmp, tiff_type::byte, as_bytes(kept.xmp)));
  }
  if (!kept.iptc.empty()) {
    main.push_back(block_field(exif_tag::iptc, tiff_type::undefined, kept.iptc));
  }
  // libtiff writes the directory last; then the new one takes its place.
  const bool last = end_of_strips(structure, directory) <= directory.at;
  const size_t at = even(last ? directory.at : tiff.size());
  const ByteOrder order = as_text(tiff).starts_with("II") ? ByteOrder::little : ByteOrder::big;
  tiff.resize(at);
  append(tiff, tiff_directories(std::move(main), kept.tags, at, order));
  Bytes first;
  append_number(first, at, 4, order);
  std::copy(first.begin(), first.end(), tiff.begin() + 4);
  return tiff;
}

}  // namespace faceveil
