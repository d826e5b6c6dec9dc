// Any bytes as an ONNX model: what is accepted fits together, and runs if it is small.

#include <algorithm>

#include "base/check.h"
#include "nn/measures.h"
#include "nn/model.h"
#include "nn/onnx_loader.h"

using namespace faceveil;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  constexpr double flop_max = 1e7;  // Large networks teach the fuzzer nothing but patience.
  constexpr int64_t values_max = 1 << 20;
  Result<nn::Graph> graph = nn::load_onnx(std::as_bytes(std::span(data, size)));
  if (!graph) return 0;
  const Size input{graph->input.width, graph->input.height};
  const auto shapes = nn::infer_shapes(*graph, input);
  CHECK(shapes.has_value());
  int64_t values = 0;
  for (const nn::Shape& shape : *shapes) values += shape.count();
  const Result<double> flop = nn::flop_count(*graph, input);
  if (values > values_max || !flop || *flop > flop_max) return 0;
  const nn::Model model(std::make_shared<const nn::Graph>(std::move(*graph)), 1);
  const auto runtime = model.lease(input);
  if (!runtime) return 0;
  std::fill((*runtime)->input().begin(), (*runtime)->input().end(), 0.5f);
  CHECK((*runtime)->run().has_value());
  return 0;
}
