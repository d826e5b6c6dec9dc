// Writing: one entropy encode.
#include <algorithm>

#include "base/check.h"
#include "media/jpeg/frame_segments.h"
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

tl::unexpected<Error> cannot_be_written() {
  return fail(Error::Kind::unsupported, "The picture cannot be written as {0}.", {"JPEG"});
}

// The best for the counts, in those places of `out` that its components use.
void take_best_tables(const BaselineScan::Counts& counts, jpeg_compress_struct& out) {
  std::array<SymbolCounts, NUM_HUFF_TBLS> dc = {}, ac = {};
  const auto add = [](const SymbolCounts& from, SymbolCounts& to) {
    for (size_t i = 0; i < to.size(); ++i) to[i] += from[i];
  };
  const auto components = static_cast<size_t>(out.num_components);
  for (size_t i = 0; i < components; ++i) {
    add(counts.dc[i], dc[static_cast<size_t>(out.comp_info[i].dc_tbl_no)]);
    add(counts.ac[i], ac[static_cast<size_t>(out.comp_info[i].ac_tbl_no)]);
  }
  for (size_t i = 0; i < components; ++i) {
    const int dc_place = out.comp_info[i].dc_tbl_no, ac_place = out.comp_info[i].ac_tbl_no;
    *out.dc_huff_tbl_ptrs[dc_place] = best_huffman_table(dc[static_cast<size_t>(dc_place)]);
    *out.ac_huff_tbl_ptrs[ac_place] = best_huffman_table(ac[static_cast<size_t>(ac_place)]);
  }
}

BaselineScan::Coding coding_of(const jpeg_compress_struct& out) {
  BaselineScan::Coding coding;
  for (int i = 0; i < out.num_components; ++i) {
    coding.dc[static_cast<size_t>(i)] = *out.dc_huff_tbl_ptrs[out.comp_info[i].dc_tbl_no];
    coding.ac[static_cast<size_t>(i)] = *out.ac_huff_tbl_ptrs[out.comp_info[i].ac_tbl_no];
  }
  return coding;
}

}  // namespace

Bytes JpegPicture::State::kept_markers(bool turned, const Metadata& kept) const {
  const Orientation tag = turned ? Orientation::top_left : orientation;
  Bytes markers = kept_jpeg_markers(segments, tag, !icc_profile.empty(), kept);
  if (turned && swaps_sides(orientation)) swap_density(markers);
  return markers;
}

Result<Bytes> JpegPicture::State::write_arrays(bool turns, const Metadata& kept) const {
  const jpeg_decompress_struct& in = reader.info;
  // Restart markers and other tables change a file by little; a little more spares a copy.
  JpegWriter writer(file_bytes + file_bytes / 16);
  jpeg_compress_struct& out = writer.info;
  const Bytes markers = kept_markers(turns, kept);
  jvirt_barray_ptr turned[MAX_COMPONENTS];
  const bool done = guarded(writer.errors, [&] {
    open(writer);
    jpeg_copy_critical_parameters(const_cast<j_decompress_ptr>(&in), &out);
    choose_coding(in, out);
    out.write_JFIF_header = out.write_Adobe_marker = FALSE;  // They are among the kept markers.
    if (turns) turn_upright(in, arrays, orientation, out, turned);
    jpeg_write_coefficients(&out, turns ? turned : arrays);
    write_markers(out, markers);
    jpeg_finish_compress(&out);
  });
  if (!done) return cannot_be_written();
  return std::move(writer.bytes);
}

// Byte for byte what write_arrays would write.
Result<Bytes> JpegPicture::State::write_scan(const Metadata& kept) const {
  JpegWriter writer(0);
  jpeg_compress_struct& out = writer.info;
  const bool done = guarded(writer.errors, [&] {
    open(writer);
    jpeg_copy_critical_parameters(const_cast<j_decompress_ptr>(&reader.info), &out);
    choose_coding(reader.info, out);
  });
  if (!done) return cannot_be_written();
  if (out.optimize_coding) take_best_tables(scan->counts(), out);
  // A little more than the input has spares a copy.
  Bytes file = jpeg_up_to_scan(kept_markers(false, kept), out, file_bytes + file_bytes / 16);
  if (!scan->write(coding_of(out), file)) return cannot_be_written();
  append_big(file, 0xff00u | jpeg_marker::eoi, 2);
  return file;
}

Result<Bytes> JpegPicture::write(bool upright, const Metadata& kept) const {
  CHECK(!obstacle());
  CHECK(!upright || turns_losslessly());
  const bool turns = upright && orientation() != Orientation::top_left;
  if (!state_->scan) return state_->write_arrays(turns, kept);
  Bytes file = TRY(state_->write_scan(kept));
  if (!turns) return file;
  const JpegPicture lying = TRY(read(file, Coefficients::arrays));
  return lying.write(true, kept);
}

}  // namespace faceveil
