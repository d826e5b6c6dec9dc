// What the tests of executors share: all executors of this machine, and running a graph on one.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <string>

#include "base/files.h"
#include "base/limits.h"
#include "nn/blocked_executor.h"
#include "nn/onnx_loader.h"
#include "nn/test_models.h"
#include "nn/tflite_loader.h"
#include "nn/xnnpack_executor.h"

namespace faceveil::nn::test {

using Create =
    std::function<Result<std::unique_ptr<Runtime>>(std::shared_ptr<const Graph>, Size, int)>;

struct Executor {
  std::string name;
  Create create;
};

inline Create blocked_with(const BlockedKernels& kernels) {
  return [&kernels](std::shared_ptr<const Graph> graph, Size size,
                    int thread_count) -> Result<std::unique_ptr<Runtime>> {
    auto network = TRY(BlockedNetwork::create(std::move(graph)));
    return create_blocked_runtime(std::move(network), size, thread_count, kernels);
  };
}

// One of the networks beside the program, by the name of its file.
inline Result<Graph> load_network(const std::string& name) {
  const Bytes bytes = TRY(read_file(model_file(name), limits::model_bytes_max));
  return name == ultra_light ? load_onnx(bytes, ultra_light_heads()) : load_tflite(bytes);
}

// XNNPACK, and the blocked executor with each set of instructions that this processor has.
inline std::vector<Executor> executors() {
  std::vector<Executor> all = {{"xnnpack", create_xnnpack_runtime}};
  for (const BlockedKernels* kernels : available_kernels()) {
    all.push_back({std::string("blocked_") + kernels->name, blocked_with(*kernels)});
  }
  return all;
}

// The outputs of one run; empty, and a failed test, when the executor refuses.
inline std::vector<Tensor> run(const Create& create, const Graph& graph, const Tensor& input,
                               int thread_count) {
  const auto runtime = create(std::make_shared<const Graph>(graph),
                              {input.shape.width, input.shape.height}, thread_count);
  EXPECT_TRUE(runtime.has_value()) << runtime.error().message();
  if (!runtime) return {};
  std::copy(input.values.begin(), input.values.end(), (*runtime)->input().begin());
  // Twice: what one run leaves behind must not show in the next.
  EXPECT_TRUE((*runtime)->run().has_value());
  EXPECT_TRUE((*runtime)->run().has_value());
  std::vector<Tensor> outputs;
  for (size_t i = 0; i < (*runtime)->output_count(); ++i) {
    const std::span<const float> values = (*runtime)->output(i);
    outputs.push_back({(*runtime)->output_shape(i), {values.begin(), values.end()}});
  }
  return outputs;
}

// Largest difference of any output; infinite when the shapes differ.
inline float largest_difference(const std::vector<Tensor>& a, const std::vector<Tensor>& b) {
  if (a.size() != b.size()) return INFINITY;
  float largest = 0;
  for (size_t i = 0; i < a.size(); ++i) {
    if (a[i].shape != b[i].shape) return INFINITY;
    for (size_t k = 0; k < a[i].values.size(); ++k) {
      largest = std::max(largest, std::abs(a[i].values[k] - b[i].values[k]));
    }
  }
  return largest;
}

}  // namespace faceveil::nn::test
