#include "nn/blocked_network.h"

#include <algorithm>
#include <utility>

#include "nn/blocked_kernels.h"
#include "nn/blocked_plan.h"

namespace faceveil::nn {
namespace {

size_t padded(int channels) { return static_cast<size_t>(blocks_of(channels)) * block_size; }
size_t taps_of(const DepthwiseConv2d& layer) {
  return layer.filter.size() / static_cast<size_t>(layer.channels);
}
size_t inputs_of(const Conv2d& layer) {
  return layer.filter.size() / static_cast<size_t>(layer.output_channels);
}

// Packed numbers of a layer: its filter, then its bias. Other operations have none.
size_t filter_count(const Conv2d& layer) {
  return padded(layer.output_channels) * inputs_of(layer);
}
size_t filter_count(const DepthwiseConv2d& layer) {
  return padded(layer.channels) * taps_of(layer);
}
size_t bias_count(const Conv2d& layer) { return padded(layer.output_channels); }
size_t bias_count(const DepthwiseConv2d& layer) { return padded(layer.channels); }

// Vectors of `channels` numbers, each filled up to whole blocks. What lies at `to` is zero so far.
void fill_up(const std::vector<float>& values, int channels, float* to) {
  for (auto from = values.begin(); from != values.end(); from += channels, to += padded(channels)) {
    std::copy_n(from, channels, to);
  }
}

void pack(const DepthwiseConv2d& layer, float* filter, float* bias) {
  fill_up(layer.filter, layer.channels, filter);
  fill_up(layer.bias, layer.channels, bias);
}

void pack(const Conv2d& layer, float* filter, float* bias) {
  const size_t inputs = inputs_of(layer);
  const float* from = layer.filter.data();
  for (int output = 0; output < layer.output_channels; ++output) {
    float* to = filter + static_cast<size_t>(output / block_size) * inputs * block_size +
                output % block_size;
    for (size_t i = 0; i < inputs; ++i, to += block_size) *to = *from++;
  }
  fill_up(layer.bias, layer.output_channels, bias);
}

// Calls visit(layer) for each layer that has weights to pack.
template <typename Visit>
void for_each_layer(const Graph& graph, Visit visit) {
  for (const Node& node : graph.nodes) {
    if (const Conv2d* conv = std::get_if<Conv2d>(&node.operation)) visit(*conv);
    if (const DepthwiseConv2d* d = std::get_if<DepthwiseConv2d>(&node.operation)) visit(*d);
  }
}

}  // namespace

Result<std::shared_ptr<const BlockedNetwork>> BlockedNetwork::create(
    std::shared_ptr<const Graph> graph) {
  TRY(plan_blocked(*graph, {graph->input.width, graph->input.height}));
  size_t count = 0;
  for_each_layer(*graph,
                 [&](const auto& layer) { count += filter_count(layer) + bias_count(layer); });
  const std::shared_ptr<BlockedNetwork> network(new BlockedNetwork);
  network->memory_ = TRY(LargeMemory::take(count * sizeof(float)));
  float* next = static_cast<float*>(network->memory_.data());
  for_each_layer(*graph, [&](const auto& layer) {
    float* const bias = next + filter_count(layer);
    pack(layer, next, bias);
    network->layers_[&layer] = {next, bias};
    next = bias + bias_count(layer);
  });
  network->graph_ = std::move(graph);
  return network;
}

}  // namespace faceveil::nn
