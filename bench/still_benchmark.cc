// What decode_still() and encode_still() cost over plain libjpeg-turbo: a 1080p JPEG decoded and
// encoded again, with the same settings, both in this program. Compare the two times.

#include <benchmark/benchmark.h>

// clang-format off
#include <cstddef>
#include <cstdio>
#include <jpeglib.h>  // Needs the two above it.
// clang-format on

#include <algorithm>
#include <cstdlib>
#include <vector>

#include "base/check.h"
#include "media/still.h"
#include "tests/support/drawn_pictures.h"

namespace faceveil {
namespace {

constexpr Size full_hd{1920, 1080};
constexpr int quality = 95;

// A photograph's mixture: smooth parts, edges, and a little noise so that coefficients are not all
// zero.
Bytes drawn_jpeg() {
  Still still;
  still.image = test::gradient_picture(PixelFormat::rgb8, full_hd);
  const Image noise = test::noise_picture(PixelFormat::rgb8, full_hd, 1);
  auto* samples = still.image.row<uint8_t>(0);
  for (size_t i = 0; i < still.image.size_bytes(); ++i) {
    const int grain = noise.row<uint8_t>(0)[i] % 9 - 4;
    samples[i] = static_cast<uint8_t>(std::clamp(samples[i] + grain, 0, 255));
  }
  Result<Bytes> bytes = encode_still(still, StillFormat::jpeg);
  CHECK(bytes);
  return std::move(*bytes);
}

struct PlainPicture {
  unsigned width = 0, height = 0;
  std::vector<JSAMPLE> samples;
  std::vector<JSAMPROW> rows;
};

void plain_decode(BytesView bytes, PlainPicture& picture) {
  jpeg_decompress_struct info{};
  jpeg_error_mgr errors{};
  info.err = jpeg_std_error(&errors);
  jpeg_create_decompress(&info);
  jpeg_mem_src(&info, as_u8(bytes), bytes.size());
  jpeg_read_header(&info, TRUE);
  jpeg_start_decompress(&info);
  picture.width = info.output_width;
  picture.height = info.output_height;
  picture.samples.resize(size_t{3} * picture.width * picture.height);
  picture.rows.resize(picture.height);
  for (unsigned y = 0; y < picture.height; ++y) {
    picture.rows[y] = picture.samples.data() + size_t{3} * y * picture.width;
  }
  while (info.output_scanline < info.output_height) {
    jpeg_read_scanlines(&info, &picture.rows[info.output_scanline],
                        info.output_height - info.output_scanline);
  }
  jpeg_finish_decompress(&info);
  jpeg_destroy_decompress(&info);
}

size_t plain_encode(PlainPicture& picture) {
  jpeg_compress_struct info{};
  jpeg_error_mgr errors{};
  info.err = jpeg_std_error(&errors);
  jpeg_create_compress(&info);
  unsigned char* buffer = nullptr;
  unsigned long size_bytes = 0;  // NOLINT(google-runtime-int): libjpeg's type.
  jpeg_mem_dest(&info, &buffer, &size_bytes);
  info.image_width = picture.width;
  info.image_height = picture.height;
  info.input_components = 3;
  info.in_color_space = JCS_RGB;
  jpeg_set_defaults(&info);
  jpeg_set_quality(&info, quality, TRUE);
  jpeg_start_compress(&info, TRUE);
  jpeg_write_scanlines(&info, picture.rows.data(), picture.height);
  jpeg_finish_compress(&info);
  jpeg_destroy_compress(&info);
  std::free(buffer);
  return size_bytes;
}

void plain_libjpeg_turbo(benchmark::State& state) {
  const Bytes bytes = drawn_jpeg();
  for (auto _ : state) {
    PlainPicture picture;
    plain_decode(bytes, picture);
    benchmark::DoNotOptimize(plain_encode(picture));
  }
}
BENCHMARK(plain_libjpeg_turbo)->Unit(benchmark::kMillisecond);

void decode_and_encode_still(benchmark::State& state) {
  const Bytes bytes = drawn_jpeg();
  for (auto _ : state) {
    const Result<Still> still = decode_still(bytes);
    CHECK(still);
    const Result<Bytes> again = encode_still(*still, StillFormat::jpeg);
    CHECK(again);
    benchmark::DoNotOptimize(again->size());
  }
}
BENCHMARK(decode_and_encode_still)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace faceveil

BENCHMARK_MAIN();
