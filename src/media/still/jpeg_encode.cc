#include <algorithm>
#include <cmath>

#include "media/metadata/write.h"
#include "media/still/jpeg.h"
#include "media/still/jpeg_writer.h"

namespace faceveil {
namespace {

constexpr int jpeg_quality = 95;

void set_sampling(jpeg_compress_struct& info, const EncodingTraits& traits) {
  if (info.num_components < 3) return;
  // A unit of coding holds at most ten blocks (T.81, B.2.3), which leaves these.
  const auto ratio = [](int wanted, int most) { return wanted >= 4 ? most : wanted >= 2 ? 2 : 1; };
  jpeg_component_info& luma = info.comp_info[0];
  luma.v_samp_factor = ratio(traits.chroma_down, traits.chroma_across >= 4 ? 2 : 4);
  luma.h_samp_factor = ratio(traits.chroma_across, 4);
  for (int i = 1; i < 3; ++i) info.comp_info[i].h_samp_factor = info.comp_info[i].v_samp_factor = 1;
}

// JFIF holds whole dots, to the inch or to the centimetre: whichever loses nothing.
void set_density(jpeg_compress_struct& info, const EncodingTraits& traits) {
  const double x = traits.dots_per_inch_x, y = traits.dots_per_inch_y;
  const auto whole = [](double value) { return std::abs(value - std::round(value)) < 0.01; };
  const bool by_inch = (whole(x) && whole(y)) || !whole(x / 2.54) || !whole(y / 2.54);
  const double unit = by_inch ? 1 : 2.54;
  if (!(x >= 1 && y >= 1 && x / unit <= 65535 && y / unit <= 65535)) return;
  info.density_unit = by_inch ? 1 : 2;
  info.X_density = static_cast<UINT16>(std::lround(x / unit));
  info.Y_density = static_cast<UINT16>(std::lround(y / unit));
}

void set_parameters(jpeg_compress_struct& info, const Still& still) {
  info.image_width = static_cast<JDIMENSION>(still.image.size().width);
  info.image_height = static_cast<JDIMENSION>(still.image.size().height);
  info.input_components = still.image.channels();
  info.in_color_space = still.image.channels() == 1 ? JCS_GRAYSCALE : JCS_RGB;
  jpeg_set_defaults(&info);
  jpeg_set_quality(&info, jpeg_quality, TRUE);
  set_sampling(info, still.traits);
  set_density(info, still.traits);
  if (still.traits.progressive) jpeg_simple_progression(&info);
}

void write_rows(jpeg_compress_struct& info, const Image& image) {
  while (info.next_scanline < info.image_height) {
    constexpr unsigned row_count_max = 16;
    JSAMPROW rows[row_count_max];
    const unsigned count = std::min(row_count_max, info.image_height - info.next_scanline);
    for (unsigned i = 0; i < count; ++i) {
      rows[i] = const_cast<JSAMPROW>(image.row<JSAMPLE>(static_cast<int>(info.next_scanline + i)));
    }
    jpeg_write_scanlines(&info, rows, count);
  }
}

}  // namespace

Result<Bytes> encode_jpeg(const Still& still, const Metadata& kept) {
  JpegWriter writer(still.image.size_bytes() / 8);
  jpeg_compress_struct& info = writer.info;
  const bool done = guarded(writer.errors, [&] {
    open(writer);
    set_parameters(info, still);
    jpeg_start_compress(&info, TRUE);
    if (!still.icc_profile.empty()) {
      jpeg_write_icc_profile(&info, as_u8(still.icc_profile),
                             static_cast<unsigned>(still.icc_profile.size()));
    }
    write_rows(info, still.image);
    jpeg_finish_compress(&info);
  });
  if (!done)
    return fail(Error::Kind::unsupported, "The picture cannot be written as {0}.", {"JPEG"});
  if (!kept.empty()) return with_jpeg_metadata(writer.bytes, kept);
  return std::move(writer.bytes);
}

}  // namespace faceveil
