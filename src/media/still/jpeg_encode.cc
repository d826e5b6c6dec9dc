#include <algorithm>
#include <cmath>

#include "media/still/jpeg.h"
#include "media/still/jpeg_guard.h"

namespace faceveil {
namespace {

constexpr int quality = 95;

// libjpeg's state while it writes one file. The bytes grow here, where longjmp passes nothing by.
struct JpegWriter {
  jpeg_compress_struct info{};
  JpegErrors errors{};
  jpeg_destination_mgr destination{};
  Bytes bytes;

  JpegWriter() = default;
  JpegWriter(const JpegWriter&) = delete;
  JpegWriter& operator=(const JpegWriter&) = delete;
  ~JpegWriter() { jpeg_destroy_compress(&info); }
};

JpegWriter& writer_of(j_compress_ptr info) { return *static_cast<JpegWriter*>(info->client_data); }

// Hands libjpeg the bytes from `used` on.
void offer_space(JpegWriter& writer, size_t used) {
  writer.destination.next_output_byte = reinterpret_cast<JOCTET*>(writer.bytes.data()) + used;
  writer.destination.free_in_buffer = writer.bytes.size() - used;
}

void start_bytes(j_compress_ptr info) {
  const int64_t sample_count =
      int64_t{info->image_width} * info->image_height * info->input_components;
  JpegWriter& writer = writer_of(info);
  writer.bytes.resize(static_cast<size_t>(std::max<int64_t>(1 << 14, sample_count / 8)));
  offer_space(writer, 0);
}

boolean double_bytes(j_compress_ptr info) {
  JpegWriter& writer = writer_of(info);
  const size_t used = writer.bytes.size();
  writer.bytes.resize(2 * used);
  offer_space(writer, used);
  return TRUE;
}

void cut_bytes(j_compress_ptr info) {
  JpegWriter& writer = writer_of(info);
  writer.bytes.resize(writer.bytes.size() - writer.destination.free_in_buffer);
}

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
  jpeg_set_quality(&info, quality, TRUE);
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

Result<Bytes> encode_jpeg(const Still& still) {
  JpegWriter writer;
  jpeg_compress_struct& info = writer.info;
  install(writer.errors, reinterpret_cast<j_common_ptr>(&info));
  writer.destination = {nullptr, 0, start_bytes, double_bytes, cut_bytes};
  const bool done = guarded(writer.errors, [&] {
    jpeg_create_compress(&info);
    info.client_data = &writer;
    info.dest = &writer.destination;
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
  return std::move(writer.bytes);
}

}  // namespace faceveil
