// Writing: one entropy encode.
#include <algorithm>

#include "base/check.h"
#include "media/jpeg/jpeg_state.h"
#include "media/jpeg/turned_blocks.h"
#include "media/still/jpeg_markers.h"
#include "media/still/jpeg_writer.h"
#include "media/still/numbers.h"

namespace faceveil {
namespace {

bool same_table(const JHUFF_TBL* a, const JHUFF_TBL* b) {
  return a && b && std::equal(std::begin(a->bits) + 1, std::end(a->bits), b->bits + 1) &&
         std::equal(std::begin(a->huffval), std::end(a->huffval), b->huffval);
}

// Whether all the tables in `used` are the standard's (T.81, K.3.3), which `standard` holds in its
// first two places.
bool are_standard(JHUFF_TBL* const (&used)[NUM_HUFF_TBLS],
                  JHUFF_TBL* const (&standard)[NUM_HUFF_TBLS]) {
  return std::all_of(std::begin(used), std::end(used), [&](const JHUFF_TBL* table) {
    return !table || same_table(table, standard[0]) || same_table(table, standard[1]);
  });
}

// Tables made for the input know its contents, those that were replaced too: they must not be kept.
void choose_coding(const jpeg_decompress_struct& in, jpeg_compress_struct& out) {
  out.arith_code = FALSE;
  out.restart_interval = in.restart_interval;
  out.restart_in_rows = 0;
  out.optimize_coding = !are_standard(in.dc_huff_tbl_ptrs, out.dc_huff_tbl_ptrs) ||
                        !are_standard(in.ac_huff_tbl_ptrs, out.ac_huff_tbl_ptrs);
  if (in.progressive_mode) jpeg_simple_progression(&out);
}

// JFIF's density follows the picture's sides: 12 bytes into the segment, two bytes across, two
// down.
void swap_density(Bytes& markers) {
  constexpr size_t density_at = 12;
  const bool has_jfif = markers.size() > density_at + 4 && markers[1] == std::byte{0xe0};
  if (has_jfif) {
    std::swap_ranges(&markers[density_at], &markers[density_at + 2], &markers[density_at + 2]);
  }
}

// `markers`: whole segments, one after the other.
void write_markers(jpeg_compress_struct& out, BytesView markers) {
  for (size_t at = 0; at < markers.size();) {
    const uint32_t length = big_u16(markers, at + 2);
    jpeg_write_marker(&out, static_cast<int>(u8_at(markers, at + 1)), as_u8(markers) + at + 4,
                      length - 2);
    at += 2 + length;
  }
}

}  // namespace

Bytes JpegPicture::State::kept_markers(bool turned, const Metadata& kept) const {
  const Orientation tag = turned ? Orientation::top_left : orientation;
  Bytes markers = kept_jpeg_markers(segments, tag, !icc_profile.empty(), kept);
  if (turned && swaps_sides(orientation)) swap_density(markers);
  return markers;
}

Result<Bytes> JpegPicture::write(bool upright, const Metadata& kept) const {
  CHECK(!obstacle());
  CHECK(!upright || turns_losslessly());
  const bool turns = upright && orientation() != Orientation::top_left;
  const jpeg_decompress_struct& in = state_->reader.info;
  // Restart markers and other tables change a file by little; a little more spares a copy.
  JpegWriter writer(state_->file_bytes + state_->file_bytes / 16);
  jpeg_compress_struct& out = writer.info;
  const Bytes markers = state_->kept_markers(turns, kept);
  jvirt_barray_ptr turned[MAX_COMPONENTS];
  const bool done = guarded(writer.errors, [&] {
    open(writer);
    jpeg_copy_critical_parameters(const_cast<j_decompress_ptr>(&in), &out);
    choose_coding(in, out);
    out.write_JFIF_header = out.write_Adobe_marker = FALSE;  // They are among the kept markers.
    if (turns) turn_upright(in, state_->arrays, orientation(), out, turned);
    jpeg_write_coefficients(&out, turns ? turned : state_->arrays);
    write_markers(out, markers);
    jpeg_finish_compress(&out);
  });
  if (!done)
    return fail(Error::Kind::unsupported, "The picture cannot be written as {0}.", {"JPEG"});
  return std::move(writer.bytes);
}

}  // namespace faceveil
