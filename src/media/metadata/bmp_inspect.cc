// What stands beside the picture in a BMP file: a colour profile, and bytes that no header points
// to.

#include <optional>

#include "media/metadata/containers.h"
#include "media/metadata/spans.h"
#include "media/still/bmp_layout.h"
#include "media/still/numbers.h"

namespace faceveil {
namespace {

using enum MetadataKind;

// Where the codes end (Microsoft, "Bitmap Compression"): behind the end code 0 1.
size_t end_of_codes(BytesView codes, bool four_bits) {
  size_t at = 0;
  while (at + 1 < codes.size()) {
    const uint32_t first = u8_at(codes, at), second = u8_at(codes, at + 1);
    at += 2;
    if (first != 0 || second == 0) continue;
    if (second == 1) return at;
    const size_t literal_bytes = four_bits ? (second + 1) / 2 : second;
    at += second == 2 ? 2 : literal_bytes + literal_bytes % 2;
  }
  return codes.size();
}

size_t pixel_bytes(const bmp::Layout& layout) {
  if (layout.packing == bmp::Packing::rle4 || layout.packing == bmp::Packing::rle8) {
    return end_of_codes(layout.pixels, layout.packing == bmp::Packing::rle4);
  }
  const auto bits =
      static_cast<uint64_t>(layout.size.width) * static_cast<uint64_t>(layout.bits_per_pixel);
  const uint64_t bytes = (bits + 31) / 32 * 4 * static_cast<uint64_t>(layout.size.height);
  return static_cast<size_t>(std::min<uint64_t>(bytes, layout.pixels.size()));
}

// Behind a header of 40 bytes stand the masks of bit fields.
size_t header_bytes(BytesView file, const bmp::Layout& layout) {
  const size_t header = bmp::file_header_bytes + little_u32(file, bmp::file_header_bytes);
  const bool masks_follow = layout.packing == bmp::Packing::bit_fields &&
                            header == bmp::file_header_bytes + bmp::info_header_bytes;
  return header + (masks_follow ? 16 : 0);
}

}  // namespace

void inspect_bmp(Inspection& to) {
  const Result<bmp::Layout> layout = bmp::read_layout(to.file);
  if (!layout) {
    to.add(damaged, to.file, "BMP");
    return;
  }
  Spans used;
  used.add(0, header_bytes(to.file, *layout));
  used.add(to.offset_of(layout->palette), layout->palette.size());
  used.add(to.offset_of(layout->pixels), pixel_bytes(*layout));
  if (layout->dots_per_inch_x > 0) to.add(density, to.file.first(0), "header");
  if (!layout->icc_profile.empty()) {
    used.add(to.offset_of(layout->icc_profile), layout->icc_profile.size());
    to.add(icc, layout->icc_profile, "profile");
  }
  inspect_gaps(to, used);
}

}  // namespace faceveil
