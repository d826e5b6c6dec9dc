#include "tests/support/jpeg_files.h"

// clang-format off
#include <cstddef>
#include <cstdio>
#include <jpeglib.h>  // Needs the two above it.
// clang-format on

#include <cstdlib>
#include <vector>

#include "base/check.h"
#include "media/metadata.h"

namespace faceveil::test {
namespace {

void set_sampling(jpeg_compress_struct& info, const JpegSettings& settings) {
  if (info.num_components < 3) return;
  for (int i = 0; i < info.num_components; ++i) {
    info.comp_info[i].h_samp_factor = i == 0 ? settings.chroma_across : 1;
    info.comp_info[i].v_samp_factor = i == 0 ? settings.chroma_down : 1;
  }
}

void set_colours(jpeg_compress_struct& info, const Image& stored, const JpegSettings& settings) {
  info.input_components = settings.inks ? 4 : stored.channels();
  info.in_color_space = settings.inks ? JCS_CMYK : stored.channels() == 1 ? JCS_GRAYSCALE : JCS_RGB;
  jpeg_set_defaults(&info);
  if (settings.stored_rgb && stored.channels() == 3) jpeg_set_colorspace(&info, JCS_RGB);
}

void write_orientation(jpeg_compress_struct& info, Orientation orientation) {
  if (orientation == Orientation::top_left) return;
  std::vector<JOCTET> content = {'E', 'x', 'i', 'f', 0, 0};
  for (const std::byte byte : exif_block({}, orientation)) {
    content.push_back(static_cast<JOCTET>(byte));
  }
  jpeg_write_marker(&info, JPEG_APP0 + 1, content.data(), static_cast<unsigned>(content.size()));
}

std::vector<JSAMPLE> row_of(const Image& stored, int y, bool inks) {
  const auto* samples = stored.row<uint8_t>(y);
  const int width = stored.size().width;
  if (!inks) return {samples, samples + ptrdiff_t{width} * stored.channels()};
  std::vector<JSAMPLE> row;
  for (int x = 0; x < width; ++x) {
    for (int c = 0; c < 3; ++c) row.push_back(static_cast<JSAMPLE>(255 - samples[3 * x + c]));
    row.push_back(0);
  }
  return row;
}

}  // namespace

std::string JpegSettings::text() const {
  return std::to_string(chroma_across) + "x" + std::to_string(chroma_down) + " quality " +
         std::to_string(quality) + " restart " + std::to_string(restart_interval) +
         (progressive ? " progressive" : "") + (optimised ? " optimised" : "") +
         (stored_rgb ? " rgb" : "") + " orientation " +
         std::to_string(static_cast<int>(orientation));
}

Bytes jpeg_file(const Image& stored, const JpegSettings& settings) {
  jpeg_compress_struct info{};
  jpeg_error_mgr errors{};
  info.err = jpeg_std_error(&errors);
  jpeg_create_compress(&info);
  unsigned char* buffer = nullptr;
  unsigned long size_bytes = 0;  // NOLINT(google-runtime-int): libjpeg's type.
  jpeg_mem_dest(&info, &buffer, &size_bytes);
  info.image_width = static_cast<JDIMENSION>(stored.size().width);
  info.image_height = static_cast<JDIMENSION>(stored.size().height);
  set_colours(info, stored, settings);
  jpeg_set_quality(&info, settings.quality, TRUE);
  set_sampling(info, settings);
  info.restart_interval = static_cast<unsigned>(settings.restart_interval);
  info.optimize_coding = settings.optimised;
  info.arith_code = settings.arithmetic;
  if (settings.progressive) jpeg_simple_progression(&info);
  jpeg_start_compress(&info, TRUE);
  write_orientation(info, settings.orientation);
  if (!settings.comment.empty()) {
    jpeg_write_marker(&info, JPEG_COM, reinterpret_cast<const JOCTET*>(settings.comment.data()),
                      static_cast<unsigned>(settings.comment.size()));
  }
  for (int y = 0; y < stored.size().height; ++y) {
    std::vector<JSAMPLE> row = row_of(stored, y, settings.inks);
    JSAMPROW rows[] = {row.data()};
    jpeg_write_scanlines(&info, rows, 1);
  }
  jpeg_finish_compress(&info);
  jpeg_destroy_compress(&info);
  const auto* first = reinterpret_cast<const std::byte*>(buffer);
  Bytes file(first, first + size_bytes);
  std::free(buffer);
  return file;
}

JpegSettings random_jpeg_settings(std::mt19937& random) {
  constexpr std::pair<int, int> samplings[] = {{1, 1}, {2, 1}, {2, 2}, {1, 2}, {4, 1}, {4, 2}};
  JpegSettings settings;
  const auto [across, down] = samplings[random() % std::size(samplings)];
  settings.chroma_across = across;
  settings.chroma_down = down;
  settings.quality = static_cast<int>(5 + random() % 96);
  settings.restart_interval = random() % 3 ? 0 : static_cast<int>(1 + random() % 7);
  settings.progressive = random() % 3 == 0;
  settings.optimised = random() % 3 == 0;
  settings.stored_rgb = random() % 6 == 0;
  settings.orientation = static_cast<Orientation>(1 + random() % 8);
  return settings;
}

Image scaled_decode(BytesView jpeg, int denominator) {
  jpeg_decompress_struct info{};
  jpeg_error_mgr errors{};
  info.err = jpeg_std_error(&errors);
  jpeg_create_decompress(&info);
  jpeg_mem_src(&info, as_u8(jpeg), jpeg.size());
  jpeg_read_header(&info, TRUE);
  info.scale_num = 1;
  info.scale_denom = static_cast<unsigned>(denominator);
  const bool gray = info.num_components == 1;
  info.out_color_space = gray ? JCS_GRAYSCALE : JCS_RGB;
  jpeg_start_decompress(&info);
  auto image =
      Image::create(gray ? PixelFormat::gray8 : PixelFormat::rgb8,
                    {static_cast<int>(info.output_width), static_cast<int>(info.output_height)});
  CHECK(image);
  while (info.output_scanline < info.output_height) {
    JSAMPROW rows[] = {image->row<JSAMPLE>(static_cast<int>(info.output_scanline))};
    jpeg_read_scanlines(&info, rows, 1);
  }
  jpeg_finish_decompress(&info);
  jpeg_destroy_decompress(&info);
  return std::move(*image);
}

}  // namespace faceveil::test
