// A graph with its weights as the blocked kernels want them (blocked_kernels.h). They are the same
// for every size, so one network serves all runtimes.
#pragma once

#include <map>
#include <memory>

#include "base/large_memory.h"
#include "nn/graph.h"

namespace faceveil::nn {

// Of a convolution: [output block][tap and input][16] and [output block][16]. Of a depthwise one:
// [tap][block][16] and [block][16]. What fills up a block is zero.
struct PackedLayer {
  const float* filter = nullptr;
  const float* bias = nullptr;
};

class BlockedNetwork {
 public:
  // Errors: as plan_blocked for the size that the graph's file was made for; over_limit.
  static Result<std::shared_ptr<const BlockedNetwork>> create(std::shared_ptr<const Graph>);

  const Graph& graph() const { return *graph_; }

  // `layer` must lie in graph().
  const PackedLayer& packed(const Conv2d& layer) const { return layers_.at(&layer); }
  const PackedLayer& packed(const DepthwiseConv2d& layer) const { return layers_.at(&layer); }

 private:
  BlockedNetwork() = default;

  std::shared_ptr<const Graph> graph_;
  std::map<const void*, PackedLayer> layers_;  // By the graph's layer.
  LargeMemory memory_;
};

}  // namespace faceveil::nn
