// The network and what stands around it, one thread: the fast executor beside the plain one,
// loading a model, and the letterbox.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <array>
#include <random>

#include "base/check.h"
#include "base/files.h"
#include "base/limits.h"
#include "detect/letterbox.h"
#include "detect/model_catalogue.h"
#include "nn/blocked_executor.h"
#include "nn/model.h"
#include "nn/onnx_loader.h"
#include "nn/reference_executor.h"
#include "nn/xnnpack_executor.h"
#include "tests/support/drawn_pictures.h"

namespace faceveil {
namespace {

// The argument of a benchmark is the detector's place in the catalogue.
const CatalogueEntry& entry_of(benchmark::State& state) {
  const CatalogueEntry& entry = model_catalogue()[static_cast<size_t>(state.range(0))];
  state.SetLabel(std::string(entry.name));
  return entry;
}

std::filesystem::path file_of(const CatalogueEntry& entry) {
  return std::filesystem::path(FACEVEIL_BUILT_MODELS) / entry.file;
}

std::shared_ptr<const nn::Model> load(const CatalogueEntry& entry) {
  Result<std::shared_ptr<const nn::Model>> model = nn::Model::load(file_of(entry));
  CHECK(model);
  return *model;
}

void fill_with_noise(std::span<float> values) {
  std::mt19937 random(1);
  std::uniform_real_distribution<float> value(-1.0f, 1.0f);
  for (float& v : values) v = value(random);
}

void network(benchmark::State& state, const CatalogueEntry& entry, Size size) {
  const Result<nn::Lease> runtime = load(entry)->lease(size);
  CHECK(runtime);
  fill_with_noise((*runtime)->input());
  for (auto _ : state) CHECK((*runtime)->run());
}

void network_at_own_size(benchmark::State& state) {
  const CatalogueEntry& entry = entry_of(state);
  network(state, entry, {entry.side, entry.side});
}
BENCHMARK(network_at_own_size)->DenseRange(0, 2)->Unit(benchmark::kMillisecond);

void network_at_640x480(benchmark::State& state) { network(state, entry_of(state), {640, 480}); }
BENCHMARK(network_at_640x480)->DenseRange(0, 1)->Unit(benchmark::kMillisecond);

// Full range at the largest level of balanced search in 1920 x 1080: step by step (0), and in
// sections whose rings take so many KiB of the cache.
void sections(benchmark::State& state) {
  const Size size{1152, 672};
  nn::ScheduleRules rules;
  rules.ring_bytes_max = state.range(0) << 10;
  if (state.range(0) == 0) rules = nn::ScheduleRules::step_by_step();
  const auto model = load(model_catalogue()[0]);
  const auto graph = std::shared_ptr<const nn::Graph>(model, &model->graph());
  const auto network = nn::BlockedNetwork::create(graph);
  CHECK(network);
  const auto runtime =
      nn::create_blocked_runtime(*network, size, 1, *nn::available_kernels()[0], rules);
  CHECK(runtime);
  fill_with_noise((*runtime)->input());
  state.counters["MB"] = static_cast<double>((*runtime)->bytes()) * 1e-6;
  for (auto _ : state) CHECK((*runtime)->run());
}
BENCHMARK(sections)->Arg(0)->Arg(256)->Arg(512)->Arg(768)->Arg(1024)->Arg(1536)->Unit(
    benchmark::kMillisecond);

void plain_network_at_own_size(benchmark::State& state) {
  const CatalogueEntry& entry = entry_of(state);
  const std::shared_ptr<const nn::Model> model = load(entry);
  nn::Tensor input{{entry.side, entry.side, model->graph().input.channels}, {}};
  input.values.resize(static_cast<size_t>(input.shape.count()));
  fill_with_noise(input.values);
  for (auto _ : state) CHECK(nn::run_reference(model->graph(), input));
}
BENCHMARK(plain_network_at_own_size)->DenseRange(0, 2)->Unit(benchmark::kMillisecond);

std::shared_ptr<const nn::Graph> load_ultra_light() {
  const auto file = std::filesystem::path(FACEVEIL_BUILT_MODELS) / "ultra_light_rfb_320.onnx";
  const Result<Bytes> bytes = read_file(file, limits::model_bytes_max);
  CHECK(bytes);
  const std::vector<std::string> heads = {
      "classification_headers.0.2.weight", "regression_headers.0.2.weight",
      "classification_headers.1.2.weight", "regression_headers.1.2.weight",
      "classification_headers.2.2.weight", "regression_headers.2.2.weight",
      "classification_headers.3.weight",   "regression_headers.3.weight"};
  Result<nn::Graph> graph = nn::load_onnx(*bytes, heads);
  CHECK(graph);
  return std::make_shared<const nn::Graph>(std::move(*graph));
}

// Ultra-Light at width x height on XNNPACK (0) or on our kernels (1 is the fastest of them).
void ultra_light(benchmark::State& state) {
  const Size size{static_cast<int>(state.range(0)), static_cast<int>(state.range(1))};
  const auto executor = static_cast<size_t>(state.range(2));
  if (executor > nn::available_kernels().size()) return state.SkipWithError("not here");
  const auto graph = load_ultra_light();
  const auto create = [&]() -> Result<std::unique_ptr<nn::Runtime>> {
    if (executor == 0) return nn::create_xnnpack_runtime(graph, size, 1);
    auto network = TRY(nn::BlockedNetwork::create(graph));
    return nn::create_blocked_runtime(network, size, 1, *nn::available_kernels()[executor - 1]);
  };
  const auto runtime = create();
  CHECK(runtime);
  state.SetLabel(executor == 0 ? "xnnpack" : nn::available_kernels()[executor - 1]->name);
  fill_with_noise((*runtime)->input());
  for (auto _ : state) CHECK((*runtime)->run());
}
BENCHMARK(ultra_light)
    ->ArgsProduct({{320}, {240}, {0, 1, 2, 3}})
    ->ArgsProduct({{640}, {384}, {0, 1, 2, 3}})
    ->ArgsProduct({{960}, {544}, {0, 1, 2, 3}})
    ->Unit(benchmark::kMillisecond);

// From the file's name to a runtime that only waits for a picture.
void load_model_and_prepare(benchmark::State& state) {
  const CatalogueEntry& entry = entry_of(state);
  for (auto _ : state) CHECK(load(entry)->lease({entry.side, entry.side}));
}
BENCHMARK(load_model_and_prepare)->DenseRange(0, 2)->Unit(benchmark::kMillisecond);

constexpr std::array<PixelFormat, 3> formats = {PixelFormat::gray8, PixelFormat::rgb8,
                                                PixelFormat::rgba16};

// Into 192 x 192 from a picture of twelve megapixels.
void letterbox_of_12_megapixels(benchmark::State& state) {
  const PixelFormat format = formats[static_cast<size_t>(state.range(0))];
  const Image picture = test::gradient_picture(format, {4000, 3000});
  state.SetLabel(std::to_string(picture.channels()) + " channels of " +
                 std::to_string(bytes_per_sample(format)) + " bytes");
  constexpr int side = 192;
  std::vector<float> samples(size_t{side} * side * 3);
  for (auto _ : state) {
    letterbox(picture, side, samples);
    benchmark::DoNotOptimize(samples.data());
  }
}
BENCHMARK(letterbox_of_12_megapixels)->DenseRange(0, 2)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace faceveil

BENCHMARK_MAIN();
