#include "media/still/bmp_layout.h"

#include <algorithm>
#include <bit>
#include <string>

#include "base/limits.h"
#include "media/still/numbers.h"
#include "media/still/vips_wall.h"

namespace faceveil::bmp {
namespace {

int32_t little_i32(BytesView file, size_t at) { return static_cast<int32_t>(little_u32(file, at)); }

// The second header begins here; its own length is its first number.
constexpr size_t info = file_header_bytes;

Status read_size(BytesView file, bool core, Layout& layout) {
  const int64_t width = core ? int64_t{little_u16(file, info + 4)} : little_i32(file, info + 4);
  const int64_t height = core ? int64_t{little_u16(file, info + 6)} : little_i32(file, info + 8);
  layout.top_down = height < 0;
  const int64_t rows = layout.top_down ? -height : height;
  if (width <= 0 || rows == 0) return damaged();
  constexpr int64_t most = INT32_MAX;
  layout.size = {static_cast<int>(width), static_cast<int>(std::min(rows, most))};
  return Image::check(PixelFormat::gray8, layout.size);
}

bool is_known_depth(int bits) {
  return bits == 1 || bits == 2 || bits == 4 || bits == 8 || bits == 16 || bits == 24 || bits == 32;
}

Status read_packing(uint32_t compression, Layout& layout) {
  const int bits = layout.bits_per_pixel;
  constexpr uint32_t rgb = 0, rle8 = 1, rle4 = 2, bit_fields = 3, jpeg = 4, png = 5,
                     alpha_fields = 6;
  if (compression == jpeg || compression == png) {
    return fail(Error::Kind::unsupported,
                "BMP files that contain a JPEG or PNG are not supported.");
  }
  if (compression == rgb) return {};
  const bool is_rle = (compression == rle8 && bits == 8) || (compression == rle4 && bits == 4);
  const bool has_fields =
      (compression == bit_fields || compression == alpha_fields) && (bits == 16 || bits == 32);
  if (!is_rle && !has_fields) return damaged();
  if (is_rle && layout.top_down) return damaged();
  layout.packing = has_fields            ? Packing::bit_fields
                   : compression == rle8 ? Packing::rle8
                                         : Packing::rle4;
  return {};
}

// A channel's bits must stand side by side, inside the pixel.
Result<BitField> bit_field(uint32_t mask, int bits_per_pixel) {
  if (mask == 0) return BitField();
  const int shift = std::countr_zero(mask);
  const uint32_t ones = mask >> shift;
  const bool side_by_side = (ones & (ones + 1)) == 0;
  const bool inside = bits_per_pixel == 32 || mask >> bits_per_pixel == 0;
  if (!side_by_side || !inside) return damaged();
  return BitField{mask, shift};
}

// Masks stand in the header from its second version (52 bytes) on, else right after it: at the same
// place. Alpha came with the third (56 bytes).
Status read_fields(BytesView file, size_t header_bytes, uint32_t compression, Layout& layout) {
  if (layout.bits_per_pixel != 16 && layout.bits_per_pixel != 32) return {};
  uint32_t masks[4] = {0x00ff0000, 0x0000ff00, 0x000000ff, 0};
  if (layout.bits_per_pixel == 16) masks[0] = 0x7c00, masks[1] = 0x03e0, masks[2] = 0x001f;
  if (layout.packing == Packing::bit_fields) {
    const bool alpha = header_bytes >= 56 || compression == 6;
    for (size_t i = 0; i < 4; ++i) {
      masks[i] = i == 3 && !alpha ? 0 : little_u32(file, info + info_header_bytes + 4 * i);
    }
  }
  for (size_t i = 0; i < 4; ++i) layout.fields[i] = TRY(bit_field(masks[i], layout.bits_per_pixel));
  return {};
}

Status read_palette(BytesView file, size_t at, uint32_t said_count, Layout& layout) {
  if (layout.bits_per_pixel > 8) return {};
  const uint32_t most = 1u << layout.bits_per_pixel;
  const size_t count = said_count == 0 || said_count > most ? most : said_count;
  const size_t wanted = count * layout.palette_entry_bytes;
  if (at > file.size() || wanted > file.size() - at) return damaged();
  layout.palette = file.subspan(at, wanted);
  return {};
}

// The profile's place is counted from the second header.
Status read_profile(BytesView file, size_t header_bytes, Layout& layout) {
  if (header_bytes < v5_header_bytes || little_u32(file, info + 56) != profile_embedded) return {};
  const size_t at = info + little_u32(file, info + 112), size = little_u32(file, info + 116);
  if (at > file.size() || size > file.size() - at) return damaged();
  TRY(check_icc_size(size));
  layout.icc_profile = file.subspan(at, size);
  return {};
}

bool is_known_header(size_t bytes) {
  return bytes == 40 || bytes == 52 || bytes == 56 || bytes == 64 || bytes == 108 || bytes == 124;
}

// What only the longer headers have; a header of OS/2 1.x ends before it. Gives the number of bytes
// from the second header to the palette.
Result<size_t> read_info(BytesView file, size_t header_bytes, Layout& layout) {
  const uint32_t compression = little_u32(file, info + 16);
  TRY(read_packing(compression, layout));
  TRY(read_fields(file, header_bytes, compression, layout));
  TRY(read_profile(file, header_bytes, layout));
  const int32_t x = little_i32(file, info + 24), y = little_i32(file, info + 28);
  if (x > 0 && y > 0) {
    layout.dots_per_inch_x = x / inches_per_metre;
    layout.dots_per_inch_y = y / inches_per_metre;
  }
  const bool masks_follow =
      header_bytes == info_header_bytes && layout.packing == Packing::bit_fields;
  return header_bytes + (masks_follow ? compression == 6 ? 16 : 12 : 0);
}

}  // namespace

tl::unexpected<Error> damaged() {
  return fail(Error::Kind::bad_input, "The {0} file is damaged or cut short.", {"BMP"});
}

Result<Layout> read_layout(BytesView file) {
  const size_t header_bytes = little_u32(file, info);
  const bool core = header_bytes == core_header_bytes;
  if (!core && !is_known_header(header_bytes)) return damaged();
  if (file.size() < info + header_bytes) return damaged();
  Layout layout;
  TRY(read_size(file, core, layout));
  layout.bits_per_pixel = static_cast<int>(little_u16(file, info + (core ? 10 : 14)));
  if (!is_known_depth(layout.bits_per_pixel)) return damaged();
  layout.palette_entry_bytes = core ? 3 : 4;
  size_t before_palette = header_bytes;
  if (core) {
    TRY(read_fields(file, header_bytes, 0, layout));
  } else {
    before_palette = TRY(read_info(file, header_bytes, layout));
  }
  TRY(read_palette(file, info + before_palette, core ? 0 : little_u32(file, info + 32), layout));
  const size_t pixels_at = little_u32(file, 10);
  if (pixels_at < info + before_palette || pixels_at > file.size()) return damaged();
  layout.pixels = file.subspan(pixels_at);
  return layout;
}

}  // namespace faceveil::bmp
