// The fast executor: a graph at one size, prepared by XNNPACK (which chooses its instructions for
// the processor at run time).
#pragma once

#include <memory>
#include <span>

#include "nn/graph.h"

namespace faceveil::nn {

// Owns its packed weights and its working memory. Not for two threads at a time: Model (model.h)
// lends runtimes.
class XnnpackRuntime {
 public:
  // `thread_count` >= 1 threads for one run, the caller's included; it does not change results.
  // Errors: as infer_shapes; unsupported when XNNPACK refuses the processor or the graph.
  static Result<std::unique_ptr<XnnpackRuntime>> create(std::shared_ptr<const Graph>, Size,
                                                        int thread_count);
  ~XnnpackRuntime();
  XnnpackRuntime(const XnnpackRuntime&) = delete;
  XnnpackRuntime& operator=(const XnnpackRuntime&) = delete;

  Size size() const;

  // The picture to run on, height x width x channels: fill it before run(). It keeps its values.
  std::span<float> input();

  // Errors: unsupported, when XNNPACK fails.
  Status run();

  // The results of the last run(), in the graph's order of outputs; valid until the next one.
  size_t output_count() const;
  Shape output_shape(size_t index) const;
  std::span<const float> output(size_t index) const;

 private:
  struct State;
  explicit XnnpackRuntime(std::unique_ptr<State>);
  std::unique_ptr<State> state_;
};

}  // namespace faceveil::nn
