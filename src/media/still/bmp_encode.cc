#include <cmath>

#include "media/still/bmp.h"
#include "media/still/bmp_layout.h"
#include "media/still/numbers.h"

namespace faceveil {
namespace {

constexpr size_t gray_palette_bytes = size_t{256} * 4;

// What is written, by the kind of picture.
struct Plan {
  int bits_per_pixel;
  size_t header_bytes;  // Of the second header. Alpha and profiles need the fifth version.
  size_t palette_bytes;
  size_t stride;  // Of a stored row, in bytes.
};

Plan plan_of(const Still& still) {
  const int channels = still.image.channels();
  const int bits = channels == 1 ? 8 : channels == 3 ? 24 : 32;
  const bool extended = bits == 32 || !still.icc_profile.empty();
  const size_t row_bits = static_cast<size_t>(still.image.size().width) * static_cast<size_t>(bits);
  return {bits, extended ? bmp::v5_header_bytes : bmp::info_header_bytes,
          bits == 8 ? gray_palette_bytes : 0, (row_bits + 31) / 32 * 4};
}

// All numbers of the format are unsigned and little-endian.
template <typename Number>
void put(Bytes& to, Number value, int byte_count) {
  append_little(to, static_cast<uint32_t>(value), byte_count);
}

long dots_per_metre(double dots_per_inch) {
  return std::lround(std::max(0.0, dots_per_inch) * bmp::inches_per_metre);
}

void put_file_header(Bytes& to, const Plan& plan, size_t pixel_bytes, size_t profile_bytes) {
  const size_t before_pixels = bmp::file_header_bytes + plan.header_bytes + plan.palette_bytes;
  put(to, 'B' | 'M' << 8, 2);
  put(to, before_pixels + pixel_bytes + profile_bytes, 4);
  put(to, 0, 4);
  put(to, before_pixels, 4);
}

void put_info_header(Bytes& to, const Plan& plan, const Still& still, size_t pixel_bytes) {
  put(to, plan.header_bytes, 4);
  put(to, still.image.size().width, 4);
  put(to, still.image.size().height, 4);
  put(to, 1, 2);  // Planes.
  put(to, plan.bits_per_pixel, 2);
  put(to, plan.bits_per_pixel == 32 ? 3 : 0, 4);  // Bit fields, or none.
  put(to, pixel_bytes, 4);
  put(to, dots_per_metre(still.traits.dots_per_inch_x), 4);
  put(to, dots_per_metre(still.traits.dots_per_inch_y), 4);
  append(to, Bytes(8));  // All colours of the palette are used, and matter.
}

// The rest of the fifth version: masks, colour space, the profile after the pixels.
void put_v5_fields(Bytes& to, const Plan& plan, size_t pixel_bytes, size_t profile_bytes) {
  const bool fields = plan.bits_per_pixel == 32;
  for (const uint32_t mask : {0x00ff0000u, 0x0000ff00u, 0x000000ffu, 0xff000000u}) {
    put(to, fields ? mask : 0, 4);
  }
  constexpr uint32_t srgb = 0x73524742;  // "sRGB"
  put(to, profile_bytes > 0 ? bmp::profile_embedded : srgb, 4);
  append(to, Bytes(48));  // End points and gammas: not used.
  put(to, 4, 4);          // LCS_GM_IMAGES: as photographs are shown.
  put(to, profile_bytes > 0 ? plan.header_bytes + plan.palette_bytes + pixel_bytes : 0, 4);
  put(to, profile_bytes, 4);
  put(to, 0, 4);
}

void put_gray_palette(Bytes& to) {
  for (uint32_t value = 0; value < 256; ++value) put(to, value * 0x010101, 4);
}

void put_row(Bytes& to, const Image& image, int y, size_t stride) {
  const size_t start = to.size();
  const int channels = image.channels();
  const auto* from = image.row<std::byte>(y);
  for (int x = 0; x < image.size().width; ++x, from += channels) {
    const bool gray = channels <= 2;
    const std::byte red = from[0], green = from[gray ? 0 : 1], blue = from[gray ? 0 : 2];
    to.push_back(blue);
    if (channels == 1) continue;
    to.push_back(green);
    to.push_back(red);
    if (channels != 3) to.push_back(from[channels - 1]);
  }
  to.resize(start + stride);
}

}  // namespace

Result<Bytes> encode_bmp(const Still& still, const Metadata&) {
  const Plan plan = plan_of(still);
  const int height = still.image.size().height;
  const size_t pixel_bytes = plan.stride * static_cast<size_t>(height);
  const size_t profile_bytes = still.icc_profile.size();
  Bytes file;
  file.reserve(bmp::file_header_bytes + plan.header_bytes + plan.palette_bytes + pixel_bytes +
               profile_bytes);
  put_file_header(file, plan, pixel_bytes, profile_bytes);
  put_info_header(file, plan, still, pixel_bytes);
  if (plan.header_bytes == bmp::v5_header_bytes)
    put_v5_fields(file, plan, pixel_bytes, profile_bytes);
  if (plan.palette_bytes > 0) put_gray_palette(file);
  for (int y = height - 1; y >= 0; --y) put_row(file, still.image, y, plan.stride);
  append(file, still.icc_profile);
  return file;
}

Result<CleanCopy> copy_bmp(BytesView bytes, const Metadata& kept) {
  const Still still = TRY(decode_bmp(bytes));
  Bytes again = TRY(encode_bmp(still, kept));
  return CleanCopy{std::move(again), true};
}

}  // namespace faceveil
