// One network, for network_vs_onnxruntime->mjs: writes it as ONNX with a random input and our
// results on it, then measures as many runs as it is asked for.
//
//   network_peer MODEL.tflite SIDE FOLDER
//
// FOLDER receives network.onnx, input.f32 (1 x 3 x SIDE x SIDE), output0.f32, output1.f32, ... and
// nothing.onnx, a network of the same input that does next to nothing. Each line of standard input
// is a number n, answered with a line of n times in microseconds: one run each on one thread, from
// handing over the picture to holding the results.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <iostream>
#include <random>
#include <string>

#include "base/check.h"
#include "base/files.h"
#include "bench/onnx_export.h"
#include "nn/model.h"

namespace faceveil::bench {
namespace {

namespace fs = std::filesystem;

std::vector<float> random_picture(const nn::Shape& shape) {
  std::mt19937 random(1);
  std::uniform_real_distribution<float> value(-1.0f, 1.0f);
  std::vector<float> picture(static_cast<size_t>(shape.count()));
  for (float& v : picture) v = value(random);
  return picture;
}

// Height x width x channels to channels x height x width.
std::vector<float> channels_first(const std::vector<float>& picture, const nn::Shape& shape) {
  std::vector<float> turned;
  turned.reserve(picture.size());
  const size_t channels = shape.channels;
  for (size_t c = 0; c < channels; ++c) {
    for (size_t i = c; i < picture.size(); i += channels) turned.push_back(picture[i]);
  }
  return turned;
}

Status write_floats(const fs::path& path, std::span<const float> values) {
  return write_file(path, std::as_bytes(values), Overwrite::allow);
}

Status write_network(const nn::Model& model, Size size, const std::vector<float>& picture,
                     const nn::Lease& runtime, const fs::path& folder) {
  const std::string onnx = TRY(to_onnx(model.graph(), size));
  TRY(write_file(folder / "network.onnx", as_bytes(onnx), Overwrite::allow));
  const nn::Shape shape{size.height, size.width, model.graph().input.channels};
  TRY(write_floats(folder / "input.f32", channels_first(picture, shape)));
  std::ranges::copy(picture, runtime->input().begin());
  TRY(runtime->run());
  for (size_t i = 0; i < runtime->output_count(); ++i) {
    TRY(write_floats(folder / ("output" + std::to_string(i) + ".f32"), runtime->output(i)));
  }
  return {};
}

Status write_nothing(const nn::Shape& shape, const fs::path& folder) {
  const nn::Graph nothing{shape, {{nn::Relu{}, {0}}}, {1}};
  const std::string onnx = TRY(to_onnx(nothing, {shape.width, shape.height}));
  return write_file(folder / "nothing.onnx", as_bytes(onnx), Overwrite::allow);
}

double run_once_us(const nn::Lease& runtime, const std::vector<float>& picture,
                   std::vector<float>& results) {
  using Clock = std::chrono::steady_clock;
  const Clock::time_point start = Clock::now();
  std::ranges::copy(picture, runtime->input().begin());
  CHECK(runtime->run());
  for (size_t i = 0; i < runtime->output_count(); ++i) {
    results.assign(runtime->output(i).begin(), runtime->output(i).end());
  }
  return std::chrono::duration<double, std::micro>(Clock::now() - start).count();
}

void answer_with_times(const nn::Lease& runtime, const std::vector<float>& picture) {
  std::vector<float> results;
  for (int count = 0; std::cin >> count;) {
    for (int i = 0; i < count; ++i) std::cout << run_once_us(runtime, picture, results) << ' ';
    std::cout << std::endl;
  }
}

Status serve(const fs::path& file, int side, const fs::path& folder) {
  const std::shared_ptr<const nn::Model> model = TRY(nn::Model::load(file));
  const Size size{side, side};
  const nn::Lease runtime = TRY(model->lease(size));
  const nn::Shape shape{side, side, model->graph().input.channels};
  const std::vector<float> picture = random_picture(shape);
  TRY(write_network(*model, size, picture, runtime, folder));
  TRY(write_nothing(shape, folder));
  answer_with_times(runtime, picture);
  return {};
}

}  // namespace
}  // namespace faceveil::bench

int main(int argc, char** argv) {
  const int side = argc == 4 ? std::atoi(argv[2]) : 0;
  if (side < 1) {
    std::fprintf(stderr, "network_peer MODEL.tflite SIDE FOLDER\n");
    return 2;
  }
  const faceveil::Status status = faceveil::bench::serve(argv[1], side, argv[3]);
  if (!status) std::fprintf(stderr, "%s\n", status.error().message().c_str());
  return status ? 0 : 1;
}
