#include "media/jpeg/turned_blocks.h"

#include <utility>

namespace faceveil {
namespace {

constexpr int side = DCTSIZE;

// Mirroring negates the odd frequencies; turning on the diagonal exchanges rows and columns.
void turn_block(const JCOEF* from, Orientation orientation, JCOEF* to) {
  const bool swaps = swaps_sides(orientation);
  const bool columns = mirrors_columns(orientation), rows = mirrors_rows(orientation);
  for (int v = 0; v < side; ++v) {
    for (int u = 0; u < side; ++u) {
      const bool negative = (columns && u % 2) != (rows && v % 2);
      const JCOEF value = from[v * side + u];
      to[swaps ? u * side + v : v * side + u] = static_cast<JCOEF>(negative ? -value : value);
    }
  }
}

void swap_sides(jpeg_compress_struct& out) {
  std::swap(out.image_width, out.image_height);
  for (int i = 0; i < out.num_components; ++i) {
    std::swap(out.comp_info[i].h_samp_factor, out.comp_info[i].v_samp_factor);
  }
  for (JQUANT_TBL* table : out.quant_tbl_ptrs) {
    if (!table) continue;
    for (int v = 0; v < side; ++v) {
      for (int u = 0; u < v; ++u) {
        std::swap(table->quantval[v * side + u], table->quantval[u * side + v]);
      }
    }
  }
}

struct Grid {
  int width, height;
};

// Where upright block (x, y) is stored.
std::pair<int, int> stored_place(int x, int y, const Grid& stored, Orientation orientation) {
  if (swaps_sides(orientation)) std::swap(x, y);
  return {mirrors_columns(orientation) ? stored.width - 1 - x : x,
          mirrors_rows(orientation) ? stored.height - 1 - y : y};
}

JDIMENSION rounded_up(int value, int unit) {
  return static_cast<JDIMENSION>((value + unit - 1) / unit * unit);
}

void fill(const jpeg_decompress_struct& in, jvirt_barray_ptr from, const Grid& stored,
          Orientation orientation, jpeg_compress_struct& out, jvirt_barray_ptr to) {
  const bool swaps = swaps_sides(orientation);
  const Grid upright = swaps ? Grid{stored.height, stored.width} : stored;
  auto* const in_info = reinterpret_cast<j_common_ptr>(const_cast<j_decompress_ptr>(&in));
  auto* const out_info = reinterpret_cast<j_common_ptr>(&out);
  for (int y = 0; y < upright.height; ++y) {
    JBLOCKROW const row =
        out.mem->access_virt_barray(out_info, to, static_cast<JDIMENSION>(y), 1, TRUE)[0];
    for (int x = 0; x < upright.width; ++x) {
      const auto [column, line] = stored_place(x, y, stored, orientation);
      const JBLOCKROW source =
          in.mem->access_virt_barray(in_info, from, static_cast<JDIMENSION>(line), 1, FALSE)[0];
      turn_block(source[column], orientation, row[x]);
    }
  }
}

}  // namespace

void turn_upright(const jpeg_decompress_struct& in, jvirt_barray_ptr* arrays_in,
                  Orientation orientation, jpeg_compress_struct& out,
                  jvirt_barray_ptr* arrays_out) {
  const bool swaps = swaps_sides(orientation);
  if (swaps) swap_sides(out);
  auto* const out_info = reinterpret_cast<j_common_ptr>(&out);
  for (int i = 0; i < in.num_components; ++i) {
    const jpeg_component_info& part = in.comp_info[i];
    int width = static_cast<int>(part.width_in_blocks);
    int height = static_cast<int>(part.height_in_blocks);
    if (swaps) std::swap(width, height);
    const jpeg_component_info& turned = out.comp_info[i];
    // Cleared, for the rows that fill up the last MCUs are read and never written.
    arrays_out[i] = out.mem->request_virt_barray(
        out_info, JPOOL_IMAGE, TRUE, rounded_up(width, turned.h_samp_factor),
        rounded_up(height, turned.v_samp_factor), static_cast<JDIMENSION>(turned.v_samp_factor));
  }
  out.mem->realize_virt_arrays(out_info);
  for (int i = 0; i < in.num_components; ++i) {
    const jpeg_component_info& part = in.comp_info[i];
    const Grid stored = {static_cast<int>(part.width_in_blocks),
                         static_cast<int>(part.height_in_blocks)};
    fill(in, arrays_in[i], stored, orientation, out, arrays_out[i]);
  }
}

bool JpegPicture::turns_losslessly() const {
  const Size size = stored_size(), mcu = mcu_pixels();
  return (!mirrors_columns(orientation()) || size.width % mcu.width == 0) &&
         (!mirrors_rows(orientation()) || size.height % mcu.height == 0);
}

}  // namespace faceveil
