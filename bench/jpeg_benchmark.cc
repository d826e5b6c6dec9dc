// What hiding in a JPEG's coefficients costs, on a 12-megapixel picture with a plan given: beside a
// full decode and encode by libjpeg-turbo, and beside what jpegtran -copy none does, all in this
// program, on one thread. Compare the times; peak_mb of `apply` is of a process that does that
// alone.

#include <benchmark/benchmark.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

// clang-format off
#include <cstddef>
#include <cstdio>
#include <jpeglib.h>  // Needs the two above it.
// clang-format on

#include <algorithm>
#include <cstdlib>
#include <vector>

#include "base/check.h"
#include "base/files.h"
#include "base/limits.h"
#include "pipeline/pipeline.h"
#include "tests/support/drawn_pictures.h"
#include "tests/support/jpeg_files.h"

namespace faceveil {
namespace {

constexpr Size twelve_megapixels{4000, 3000};
constexpr Rect faces[] = {
    {400, 500, 300, 380}, {1500, 700, 260, 330}, {2600, 600, 340, 420}, {3300, 1800, 120, 150}};

// A photograph's mixture: smooth parts, edges, and a little noise so that coefficients are not all
// zero.
Bytes drawn_jpeg(bool progressive) {
  Image image = test::gradient_picture(PixelFormat::rgb8, twelve_megapixels);
  {
    const Image noise = test::noise_picture(PixelFormat::rgb8, twelve_megapixels, 1);
    auto* samples = image.row<uint8_t>(0);
    for (size_t i = 0; i < image.size_bytes(); ++i) {
      const int grain = noise.row<uint8_t>(0)[i] % 9 - 4;
      samples[i] = static_cast<uint8_t>(std::clamp(samples[i] + grain, 0, 255));
    }
  }
  for (const Rect& face : faces) test::draw_face(image, face);
  test::JpegSettings settings;
  settings.progressive = progressive;
  return test::jpeg_file(image, settings);
}

// A baseline file of one's own may stand in for the drawn one.
Bytes baseline_jpeg() {
  const char* path = std::getenv("FACEVEIL_BENCH_JPEG");
  if (!path) return drawn_jpeg(false);
  Result<Bytes> bytes = read_file(path, limits::input_bytes_max);
  CHECK(bytes);
  return std::move(*bytes);
}

const Bytes& file(bool progressive) {
  if (progressive) {
    static const Bytes other = drawn_jpeg(true);
    return other;
  }
  static const Bytes baseline = baseline_jpeg();
  return baseline;
}

RedactionPlan plan_of(BytesView input) {
  PlanOptions options;
  options.boxes.assign(std::begin(faces), std::end(faces));
  Result<RedactionPlan> plan = make_plan(input, nullptr, options);
  CHECK(plan);
  return std::move(*plan);
}

// jpeg_mem_dest's buffer.
struct Output {
  unsigned char* buffer = nullptr;
  unsigned long size_bytes = 0;  // NOLINT(google-runtime-int): libjpeg's type.
  Output() = default;
  Output(const Output&) = delete;
  Output& operator=(const Output&) = delete;
  ~Output() { std::free(buffer); }
};

void open(jpeg_decompress_struct& in, jpeg_error_mgr& errors, BytesView bytes) {
  in.err = jpeg_std_error(&errors);
  jpeg_create_decompress(&in);
  jpeg_mem_src(&in, as_u8(bytes), bytes.size());
  jpeg_read_header(&in, TRUE);
}

// From the file to a new one, by what `work` makes of the two opened ends.
template <typename Work>
void transcode(benchmark::State& state, Work work) {
  const Bytes& bytes = file(state.range(0) != 0);
  for (auto _ : state) {
    jpeg_decompress_struct in{};
    jpeg_compress_struct out{};
    jpeg_error_mgr errors{};
    open(in, errors, bytes);
    out.err = &errors;
    jpeg_create_compress(&out);
    Output output;
    jpeg_mem_dest(&out, &output.buffer, &output.size_bytes);
    work(in, out);
    jpeg_finish_compress(&out);
    jpeg_destroy_compress(&out);
    jpeg_finish_decompress(&in);
    jpeg_destroy_decompress(&in);
    benchmark::DoNotOptimize(output.size_bytes);
    state.counters["bytes"] = static_cast<double>(output.size_bytes);
  }
}

// At quality 90, or with the input's own tables and sampling.
void encode_pixels(benchmark::State& state, bool same_tables) {
  transcode(state, [&](jpeg_decompress_struct& in, jpeg_compress_struct& out) {
    jpeg_start_decompress(&in);
    out.image_width = in.output_width;
    out.image_height = in.output_height;
    out.input_components = 3;
    out.in_color_space = JCS_RGB;
    jpeg_set_defaults(&out);
    jpeg_set_quality(&out, 90, TRUE);
    if (same_tables) {
      jpeg_copy_critical_parameters(&in, &out);
      out.in_color_space = JCS_RGB;
    }
    if (state.range(0) != 0) jpeg_simple_progression(&out);
    jpeg_start_compress(&out, TRUE);
    std::vector<JSAMPLE> row(size_t{3} * in.output_width);
    JSAMPROW rows[] = {row.data()};
    while (in.output_scanline < in.output_height) {
      jpeg_read_scanlines(&in, rows, 1);
      jpeg_write_scanlines(&out, rows, 1);
    }
  });
}

void decode_and_encode(benchmark::State& state) { encode_pixels(state, false); }
void decode_and_encode_alike(benchmark::State& state) { encode_pixels(state, true); }

// The library calls of jpegtran -copy none.
void jpegtran_copy_none(benchmark::State& state) {
  transcode(state, [&](jpeg_decompress_struct& in, jpeg_compress_struct& out) {
    jvirt_barray_ptr* const arrays = jpeg_read_coefficients(&in);
    jpeg_copy_critical_parameters(&in, &out);
    if (state.range(0) != 0) jpeg_simple_progression(&out);
    jpeg_write_coefficients(&out, arrays);
  });
}

// Of a process that applies the plan and nothing else, in MB; memory that was there before counts.
double peak_mb(const RedactionPlan& plan, BytesView bytes) {
  const pid_t child = fork();
  if (child == 0) _exit(apply_plan(plan, bytes, {}) ? 0 : 1);
  int status = 0;
  rusage usage{};
  CHECK(wait4(child, &status, 0, &usage) == child && status == 0);
  return static_cast<double>(usage.ru_maxrss) * 1024 / 1e6;
}

void apply(benchmark::State& state) {
  const Bytes& bytes = file(state.range(0) != 0);
  const RedactionPlan plan = plan_of(bytes);
  state.counters["peak_mb"] = peak_mb(plan, bytes);
  for (auto _ : state) {
    const Result<Applied> applied = apply_plan(plan, bytes, {});
    CHECK(applied);
    state.counters["bytes"] = static_cast<double>(applied->bytes.size());
  }
}

// The argument: whether the file is progressive.
BENCHMARK(decode_and_encode)->Arg(0)->Arg(1)->Unit(benchmark::kMillisecond);
BENCHMARK(decode_and_encode_alike)->Arg(0)->Arg(1)->Unit(benchmark::kMillisecond);
BENCHMARK(jpegtran_copy_none)->Arg(0)->Arg(1)->Unit(benchmark::kMillisecond);
BENCHMARK(apply)->Arg(0)->Arg(1)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace faceveil

BENCHMARK_MAIN();
