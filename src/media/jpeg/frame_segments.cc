#include "media/jpeg/frame_segments.h"

#include <algorithm>
#include <set>
#include <span>

#include "media/jpeg/scan_symbols.h"
#include "media/still/jpeg_segments.h"
#include "media/still/numbers.h"

namespace faceveil {
namespace {

using namespace jpeg_marker;

constexpr uint8_t sof1 = 0xc1;

std::span<const jpeg_component_info> components_of(const jpeg_compress_struct& out) {
  return {out.comp_info, static_cast<size_t>(out.num_components)};
}

bool has_wide_values(const JQUANT_TBL& table) {
  return std::ranges::any_of(table.quantval, [](UINT16 value) { return value > 255; });
}

// B.2.4.1.
void append_quantisation(Bytes& to, const jpeg_compress_struct& out) {
  std::set<int> sent;
  for (const jpeg_component_info& component : components_of(out)) {
    const int place = component.quant_tbl_no;
    if (!sent.insert(place).second) continue;
    const JQUANT_TBL& table = *out.quant_tbl_ptrs[place];
    const bool wide = has_wide_values(table);
    Bytes content = {static_cast<std::byte>(wide << 4 | place)};
    for (const uint8_t at : row_order) append_big(content, table.quantval[at], wide ? 2 : 1);
    append_jpeg_segment(to, dqt, "", content);
  }
}

// Baseline files have at most two tables of a kind, and 8-bit quantisation tables.
bool is_baseline(const jpeg_compress_struct& out) {
  return std::ranges::none_of(components_of(out), [&](const jpeg_component_info& component) {
    return component.dc_tbl_no > 1 || component.ac_tbl_no > 1 ||
           has_wide_values(*out.quant_tbl_ptrs[component.quant_tbl_no]);
  });
}

// B.2.2.
void append_frame(Bytes& to, const jpeg_compress_struct& out) {
  Bytes content;
  append_big(content, 8, 1);
  append_big(content, out.image_height, 2);
  append_big(content, out.image_width, 2);
  append_big(content, static_cast<uint32_t>(out.num_components), 1);
  for (const jpeg_component_info& component : components_of(out)) {
    for (const int value :
         {component.component_id, component.h_samp_factor << 4 | component.v_samp_factor,
          component.quant_tbl_no}) {
      content.push_back(static_cast<std::byte>(value));
    }
  }
  append_jpeg_segment(to, is_baseline(out) ? sof0 : sof1, "", content);
}

// B.2.4.2.
void append_codes(Bytes& to, const JHUFF_TBL& table, int class_and_place) {
  Bytes content = {static_cast<std::byte>(class_and_place)};
  size_t count = 0;
  for (size_t bits = 1; bits <= 16; ++bits) {
    content.push_back(static_cast<std::byte>(table.bits[bits]));
    count += table.bits[bits];
  }
  append(content, std::as_bytes(std::span(table.huffval, count)));
  append_jpeg_segment(to, dht, "", content);
}

void append_codes(Bytes& to, const jpeg_compress_struct& out) {
  constexpr int ac_class = 0x10;
  std::set<int> sent;
  for (const jpeg_component_info& component : components_of(out)) {
    const int dc = component.dc_tbl_no, ac = component.ac_tbl_no;
    if (sent.insert(dc).second) append_codes(to, *out.dc_huff_tbl_ptrs[dc], dc);
    if (sent.insert(ac | ac_class).second) {
      append_codes(to, *out.ac_huff_tbl_ptrs[ac], ac | ac_class);
    }
  }
}

// B.2.3.
void append_scan_header(Bytes& to, const jpeg_compress_struct& out) {
  Bytes content = {static_cast<std::byte>(out.num_components)};
  for (const jpeg_component_info& component : components_of(out)) {
    content.push_back(static_cast<std::byte>(component.component_id));
    content.push_back(static_cast<std::byte>(component.dc_tbl_no << 4 | component.ac_tbl_no));
  }
  for (const int value : {0, DCTSIZE2 - 1, 0}) content.push_back(static_cast<std::byte>(value));
  append_jpeg_segment(to, sos, "", content);
}

}  // namespace

Bytes jpeg_up_to_scan(BytesView markers, const jpeg_compress_struct& out, size_t coded_bytes) {
  constexpr size_t tables_bytes_max = 4096;
  Bytes file;
  file.reserve(markers.size() + coded_bytes + tables_bytes_max);
  append_big(file, 0xff00u | soi, 2);
  append(file, markers);
  append_quantisation(file, out);
  append_frame(file, out);
  append_codes(file, out);
  if (out.restart_interval > 0) {
    Bytes interval;
    append_big(interval, out.restart_interval, 2);
    append_jpeg_segment(file, dri, "", interval);
  }
  append_scan_header(file, out);
  return file;
}

}  // namespace faceveil
