#include "media/still/jpeg_reader.h"

#include <algorithm>
#include <memory>

#include "base/limits.h"
#include "media/still/vips_wall.h"

namespace faceveil {
namespace {

constexpr int exif_marker = JPEG_APP0 + 1, icc_marker = JPEG_APP0 + 2;
constexpr unsigned marker_bytes_max = 0xffff;

void refuse_scan_bomb(j_common_ptr info) {
  const auto* reader = reinterpret_cast<j_decompress_ptr>(info);
  if (reader->input_scan_number > limits::jpeg_scans_max) leave(info, JpegErrors::too_many_scans);
}

// How many times finer luma is sampled than chroma; 1 where chroma is as fine or finer.
int chroma_ratio(int luma, int chroma) { return std::max(1, luma / std::max(1, chroma)); }

}  // namespace

Status read_header(JpegReader& reader, BytesView bytes) {
  jpeg_decompress_struct& info = reader.info;
  install(reader.errors, reinterpret_cast<j_common_ptr>(&info));
  const bool done = guarded(reader.errors, [&] {
    jpeg_create_decompress(&info);
    reader.progress.progress_monitor = refuse_scan_bomb;
    info.progress = &reader.progress;
    jpeg_mem_src(&info, as_u8(bytes), bytes.size());
    jpeg_save_markers(&info, exif_marker, marker_bytes_max);
    jpeg_save_markers(&info, icc_marker, marker_bytes_max);
    jpeg_read_header(&info, TRUE);
  });
  if (!done) return jpeg_failure(reader.errors);
  return {};
}

Orientation read_orientation(const JpegReader& reader) {
  for (const auto* marker = reader.info.marker_list; marker; marker = marker->next) {
    constexpr std::string_view prefix("Exif\0\0", 6);
    const BytesView data(reinterpret_cast<const std::byte*>(marker->data), marker->data_length);
    if (marker->marker != exif_marker || !as_text(data).starts_with(prefix)) continue;
    return exif_orientation(data.subspan(prefix.size()));
  }
  return Orientation::top_left;
}

Result<Bytes> read_icc_profile(JpegReader& reader) {
  JOCTET* profile = nullptr;
  unsigned length = 0;
  const bool done =
      guarded(reader.errors, [&] { jpeg_read_icc_profile(&reader.info, &profile, &length); });
  const std::unique_ptr<JOCTET, decltype(&std::free)> owner(profile, std::free);
  if (!done) return jpeg_failure(reader.errors);
  TRY(check_icc_size(length));
  const auto* first = reinterpret_cast<const std::byte*>(profile);
  return Bytes(first, first + length);
}

EncodingTraits read_traits(const JpegReader& reader, Orientation orientation) {
  const jpeg_decompress_struct& info = reader.info;
  EncodingTraits traits;
  traits.progressive = info.progressive_mode;
  if (info.num_components >= 3) {
    const jpeg_component_info &luma = info.comp_info[0], &chroma = info.comp_info[1];
    traits.chroma_across = chroma_ratio(luma.h_samp_factor, chroma.h_samp_factor);
    traits.chroma_down = chroma_ratio(luma.v_samp_factor, chroma.v_samp_factor);
  }
  const double per_inch = info.density_unit == 1 ? 1 : info.density_unit == 2 ? 2.54 : 0;
  traits.dots_per_inch_x = per_inch * info.X_density;
  traits.dots_per_inch_y = per_inch * info.Y_density;
  if (swaps_sides(orientation)) {
    std::swap(traits.chroma_across, traits.chroma_down);
    std::swap(traits.dots_per_inch_x, traits.dots_per_inch_y);
  }
  return traits;
}

bool holds_inks(const JpegReader& reader) {
  const J_COLOR_SPACE space = reader.info.jpeg_color_space;
  return space == JCS_CMYK || space == JCS_YCCK;
}

int64_t coefficient_bytes(const JpegReader& reader) {
  int64_t bytes = 0;
  for (int i = 0; i < reader.info.num_components; ++i) {
    const jpeg_component_info& part = reader.info.comp_info[i];
    bytes +=
        int64_t{part.width_in_blocks} * part.height_in_blocks * DCTSIZE2 * int64_t{sizeof(JCOEF)};
  }
  return bytes;
}

tl::unexpected<Error> too_large(const JpegReader& reader) {
  return fail(Error::Kind::over_limit, "The picture is too large ({0} x {1} pixels).",
              {std::to_string(reader.info.image_width), std::to_string(reader.info.image_height)});
}

void read_rows(jpeg_decompress_struct& info, Image& image) {
  while (info.output_scanline < info.output_height) {
    constexpr unsigned row_count_max = 16;
    JSAMPROW rows[row_count_max];
    const unsigned count = std::min(row_count_max, info.output_height - info.output_scanline);
    for (unsigned i = 0; i < count; ++i) {
      rows[i] = image.row<JSAMPLE>(static_cast<int>(info.output_scanline + i));
    }
    jpeg_read_scanlines(&info, rows, count);
  }
}

}  // namespace faceveil
