// A network of others on a picture of 1280 x 720 with two threads, through our own interface: YuNet
// of March 2023, which OpenCV's dnn module runs. The file is the shared folder's
// peers/face_detection_yunet_2023mar.onnx; without it the benchmark says so.
#include <benchmark/benchmark.h>

#include "detect/brought/opencv_dnn.h"
#include "detect/brought_model.h"
#include "tests/support/drawn_pictures.h"
#include "tests/support/shared_data.h"

namespace faceveil {
namespace {

constexpr Size picture_size = {1280, 720};
constexpr int thread_count = 2;

void yunet_at_1280x720(benchmark::State& state) {
  const auto network =
      open_face_network(test::shared_folder() / "peers/face_detection_yunet_2023mar.onnx");
  if (!network) {
    state.SkipWithError(network.error().message().c_str());
    return;
  }
  brought::set_opencv_threads(thread_count);
  const Image picture = test::gradient_picture(PixelFormat::rgb8, picture_size);
  for (auto _ : state) benchmark::DoNotOptimize((*network)->look(picture, 0));
  state.counters["GFLOP"] = (*network)->gflop(picture_size);
}
// Wall time: OpenCV works on threads of its own. The median of 20 single runs.
BENCHMARK(yunet_at_1280x720)
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime()
    ->Iterations(1)
    ->Repetitions(20)
    ->ReportAggregatesOnly();

}  // namespace
}  // namespace faceveil

BENCHMARK_MAIN();
