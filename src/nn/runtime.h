// A graph prepared to run at one size, by whichever executor.
#pragma once

#include <memory>
#include <span>

#include "base/check.h"
#include "nn/graph.h"

namespace faceveil::nn {

// Owns its working memory. Not for two threads at a time: Model (model.h) lends runtimes.
class Runtime {
 public:
  virtual ~Runtime() = default;
  Runtime() = default;
  Runtime(const Runtime&) = delete;
  Runtime& operator=(const Runtime&) = delete;

  virtual Size size() const = 0;

  // About how much memory it holds.
  virtual size_t bytes() const = 0;

  // Prepares for pictures of another size, which costs little where this is offered: it uses the
  // memory that it has when that is enough. The input and the results are lost. Errors: as when a
  // runtime is created; it stays as it was.
  virtual bool can_resize() const { return false; }
  virtual Status resize(Size) {
    CHECK(can_resize());
    return {};
  }

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
