// A graph prepared to run at one size, by whichever executor.
#pragma once

#include <memory>
#include <span>

#include "nn/graph.h"

namespace faceveil::nn {

// Owns its packed weights and its working memory. Not for two threads at a time: Model (model.h)
// lends runtimes.
class Runtime {
 public:
  virtual ~Runtime() = default;
  Runtime() = default;
  Runtime(const Runtime&) = delete;
  Runtime& operator=(const Runtime&) = delete;

  virtual Size size() const = 0;

  // The picture to run on, height x width x channels: fill it before run(). It keeps its values.
  virtual std::span<float> input() = 0;

  // Errors: unsupported, when the executor's library fails.
  virtual Status run() = 0;

  // The results of the last run(), in the graph's order of outputs; valid until the next one.
  virtual size_t output_count() const = 0;
  virtual Shape output_shape(size_t index) const = 0;
  virtual std::span<const float> output(size_t index) const = 0;
};

}  // namespace faceveil::nn
