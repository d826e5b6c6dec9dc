#include "media/still/jpeg_decode.h"

#include <algorithm>
#include <cstring>

#include "base/limits.h"
#include "media/still/inks.h"
#include "media/still/jpeg.h"
#include "media/still/jpeg_guard.h"
#include "media/still/vips_wall.h"

namespace faceveil {
namespace {

constexpr int exif_marker = JPEG_APP0 + 1, icc_marker = JPEG_APP0 + 2;
constexpr unsigned marker_bytes_max = 0xffff;

// libjpeg's state while it reads one file.
struct JpegReader {
  jpeg_decompress_struct info{};
  JpegErrors errors{};
  jpeg_progress_mgr progress{};

  JpegReader() = default;
  JpegReader(const JpegReader&) = delete;
  JpegReader& operator=(const JpegReader&) = delete;
  ~JpegReader() { jpeg_destroy_decompress(&info); }

  Size stored_size() const {
    return {static_cast<int>(info.image_width), static_cast<int>(info.image_height)};
  }
};

void refuse_scan_bomb(j_common_ptr info) {
  const auto* reader = reinterpret_cast<j_decompress_ptr>(info);
  if (reader->input_scan_number > limits::jpeg_scans_max) leave(info, JpegErrors::too_many_scans);
}

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

// Files of several scans keep all coefficients, 16 bits each, beside the picture.
int64_t coefficient_bytes(JpegReader& reader) {
  if (!jpeg_has_multiple_scans(&reader.info)) return 0;
  int64_t bytes = 0;
  for (int i = 0; i < reader.info.num_components; ++i) {
    const jpeg_component_info& part = reader.info.comp_info[i];
    bytes +=
        int64_t{part.width_in_blocks} * part.height_in_blocks * DCTSIZE2 * int64_t{sizeof(JCOEF)};
  }
  return bytes;
}

Status check_memory(JpegReader& reader) {
  if (coefficient_bytes(reader) <= limits::picture_bytes_max) return {};
  return fail(Error::Kind::over_limit, "The picture is too large ({0} x {1} pixels).",
              {std::to_string(reader.info.image_width), std::to_string(reader.info.image_height)});
}

// Fills `image`, whose size and format are the reader's, straight from the decoder, and lets go of
// the decoder's own memory. Reads on to the end of the file's last scan, so that a missing end is
// noticed.
Status read_rows(JpegReader& reader, Image& image) {
  jpeg_decompress_struct& info = reader.info;
  const bool done = guarded(reader.errors, [&] {
    jpeg_start_decompress(&info);
    while (info.output_scanline < info.output_height) {
      constexpr unsigned row_count_max = 16;
      JSAMPROW rows[row_count_max];
      const unsigned count = std::min(row_count_max, info.output_height - info.output_scanline);
      for (unsigned i = 0; i < count; ++i) {
        rows[i] = image.row<JSAMPLE>(static_cast<int>(info.output_scanline + i));
      }
      jpeg_read_scanlines(&info, rows, count);
    }
    jpeg_finish_decompress(&info);
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

// Empty when there is none, or its pieces do not fit together.
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

// How many times finer luma is sampled than chroma; 1 where chroma is as fine or finer.
int chroma_ratio(int luma, int chroma) { return std::max(1, luma / std::max(1, chroma)); }

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

// Adobe's programs store inks inverted, and say so by their marker alone.
void invert(Image& image) {
  auto* samples = image.row<uint8_t>(0);
  for (size_t i = 0; i < image.size_bytes(); ++i) samples[i] = static_cast<uint8_t>(~samples[i]);
}

// Reads CMYK or YCCK (which libjpeg turns into CMYK) into RGB. The profile is used up by that.
Result<Image> read_inks(JpegReader& reader, Bytes& icc_profile) {
  reader.info.out_color_space = JCS_CMYK;
  Image inks = TRY(Image::create(PixelFormat::rgba8, reader.stored_size()));
  TRY(read_rows(reader, inks));
  if (reader.info.saw_Adobe_marker) invert(inks);
  Image colours = TRY(inks_to_rgb(inks, icc_profile));
  icc_profile.clear();
  return colours;
}

Result<Image> read_pixels(JpegReader& reader, Bytes& icc_profile) {
  jpeg_decompress_struct& info = reader.info;
  if (info.jpeg_color_space == JCS_CMYK || info.jpeg_color_space == JCS_YCCK) {
    return read_inks(reader, icc_profile);
  }
  const bool gray = info.jpeg_color_space == JCS_GRAYSCALE;
  info.out_color_space = gray ? JCS_GRAYSCALE : JCS_RGB;
  Image image =
      TRY(Image::create(gray ? PixelFormat::gray8 : PixelFormat::rgb8, reader.stored_size()));
  TRY(read_rows(reader, image));
  return image;
}

}  // namespace

bool sniff_jpeg(BytesView bytes) { return as_text(bytes).starts_with("\xff\xd8\xff"); }

Result<StillHeader> read_jpeg_header(BytesView bytes) {
  JpegReader reader;
  TRY(read_header(reader, bytes));
  TRY(Image::check(PixelFormat::gray8, reader.stored_size()));
  return StillHeader{StillFormat::jpeg,
                     upright_size(reader.stored_size(), read_orientation(reader))};
}

Result<DecodedJpeg> decode_jpeg_fully(BytesView bytes) {
  JpegReader reader;
  TRY(read_header(reader, bytes));
  TRY(check_memory(reader));
  DecodedJpeg decoded;
  Still& still = decoded.still;
  decoded.orientation = read_orientation(reader);
  still.traits = read_traits(reader, decoded.orientation);
  still.icc_profile = TRY(read_icc_profile(reader));
  decoded.has_icc_profile = !still.icc_profile.empty();
  Image stored = TRY(read_pixels(reader, still.icc_profile));
  decoded.stray_bytes = reader.errors.stray_bytes;
  still.image = TRY(turned_upright(std::move(stored), decoded.orientation));
  return decoded;
}

Result<Still> decode_jpeg(BytesView bytes) {
  DecodedJpeg decoded = TRY(decode_jpeg_fully(bytes));
  return std::move(decoded.still);
}

}  // namespace faceveil
