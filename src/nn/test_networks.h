// Networks drawn by lot, with everything that the blocked plan takes together, at odd sizes and odd
// numbers of channels.
#pragma once

#include <algorithm>
#include <cstdint>
#include <random>
#include <utility>
#include <vector>

#include "nn/blocked_schedule.h"
#include "nn/graph.h"
#include "nn/test_models.h"

namespace faceveil::nn::test {

// Builds a network node by node; channels and places are drawn by lot.
class Lottery {
 public:
  explicit Lottery(uint32_t seed) : random_(seed) {}

  int between(int low, int high) {
    return low + static_cast<int>(random_() % static_cast<uint32_t>(high - low + 1));
  }
  bool coin() { return between(0, 1) == 1; }
  std::vector<float> values(int count) {
    std::vector<float> result = random_values(count, static_cast<uint32_t>(random_()));
    for (float& value : result) value *= 0.5f;
    return result;
  }

  Conv2d pointwise(int in, int out) {
    Conv2d conv{{}, in, out, values(in * out), values(out), {}};
    if (coin()) conv.clamp = {0, 1};
    return conv;
  }
  // Of any window, dilated or not.
  Conv2d windowed(int in, int out) {
    const int rows = between(1, 3), columns = between(1, 3);
    Window window{rows, columns, 1, 1, std::nullopt, between(1, 3), between(1, 3)};
    // Enough zeros that something is left of the smallest value.
    if (coin()) {
      window.edges = Edges{between(0, 2), static_cast<int>(window.columns()),
                           static_cast<int>(window.rows()) - 1, between(0, 2)};
    }
    return {window, in, out, values(rows * columns * in * out), values(out), {}};
  }
  DepthwiseConv2d depthwise(int channels, int stride, bool has_zeros_already) {
    const int side = between(0, 3) == 0 ? 5 : 3;
    Window window{side, side, stride, stride, std::nullopt};
    if (has_zeros_already) window.edges = Edges{};
    if (!has_zeros_already && coin()) {
      window.dilation_down = between(1, 3), window.dilation_across = between(1, 3);
    }
    return {window, channels, values(side * side * channels), values(channels), {}};
  }

 private:
  std::mt19937 random_;
};

struct Network {
  Graph graph;
  ValueId add(Operation operation, std::vector<ValueId> inputs) {
    graph.nodes.push_back({std::move(operation), std::move(inputs)});
    return static_cast<ValueId>(graph.nodes.size());
  }
};

// Depthwise and pointwise, with padding before, and the sum with the way around, as the face
// networks have them.
inline ValueId add_block(Network& net, Lottery& lot, ValueId from, int& channels) {
  const int stride = lot.between(1, 2), more = lot.between(0, 20);
  ValueId around = from;
  if (stride == 2) around = net.add(MaxPool2d{{2, 2, 2, 2, std::nullopt}}, {around});
  ValueId main = from;
  const bool pads = lot.coin();
  if (pads) main = net.add(Pad{{1, 1, 1, 1}, 0}, {main});
  DepthwiseConv2d depthwise = lot.depthwise(channels, stride, pads);
  if (pads) {
    depthwise.window.height = depthwise.window.width = 3;
    depthwise.filter.resize(static_cast<size_t>(9 * channels));
  }
  main = net.add(depthwise, {main});
  if (lot.coin()) main = net.add(Relu{}, {main});
  Conv2d conv = lot.pointwise(channels, channels + more);
  conv.clamp = {};
  main = net.add(conv, {main});
  if (more > 0) around = net.add(Pad{{}, more}, {around});
  channels += more;
  const ValueId sum =
      net.add(Add{}, lot.coin() ? std::vector{main, around} : std::vector{around, main});
  return lot.coin() ? net.add(Relu{}, {sum}) : sum;
}

// Several dilated views of the same value, joined, and their sum with the way around.
inline ValueId add_views(Network& net, Lottery& lot, ValueId from, int& channels) {
  std::vector<ValueId> parts;
  int joined = 0;
  for (int i = lot.between(2, 4); i > 0; --i) {
    const int inner = lot.between(1, 20), out = lot.between(1, 20);
    ValueId part = net.add(lot.pointwise(channels, inner), {from});
    Conv2d conv = lot.windowed(inner, out);
    conv.window.edges = std::nullopt;
    part = net.add(conv, {part});
    parts.push_back(lot.coin() ? net.add(Relu{}, {part}) : part);
    joined += out;
  }
  ValueId all = parts[0];
  for (size_t i = 1; i < parts.size(); ++i) {
    all = net.add(Concatenate{Concatenate::Axis::channels}, {all, parts[i]});
  }
  if (lot.coin()) all = net.add(Relu{}, {all});
  Conv2d mixed = lot.pointwise(joined, channels);
  mixed.clamp = {};
  const ValueId sum = net.add(Add{}, {net.add(mixed, {all}), from});
  return lot.coin() ? net.add(lot.windowed(channels, channels), {sum}) : sum;
}

// Some of the values between, whatever made them.
inline void add_outputs(Network& net, Lottery& lot) {
  std::vector<ValueId>& outputs = net.graph.outputs;
  for (ValueId id = 1; id <= static_cast<ValueId>(net.graph.nodes.size()); ++id) {
    const bool is_there = std::find(outputs.begin(), outputs.end(), id) != outputs.end();
    if (!is_there && lot.between(0, 2) == 0) outputs.push_back(id);
  }
}

inline Network network_by_lot(Lottery& lot) {
  Network net;
  const int side = lot.coin() ? 3 : 5, first = lot.between(4, 40);
  // Halved up to five times, with none left over.
  net.graph.input = {32 * lot.between(1, 2), 32 * lot.between(1, 2), 3};
  int channels = first;
  ValueId value = net.add(Conv2d{{side, side, 2, 2, std::nullopt},
                                 3,
                                 first,
                                 lot.values(side * side * 3 * first),
                                 lot.values(first),
                                 {0, 6}},
                          {0});
  const int blocks = lot.between(1, 4);
  for (int i = 0; i < blocks; ++i) value = add_block(net, lot, value, channels);
  if (lot.coin()) value = add_views(net, lot, value, channels);
  if (lot.coin()) {
    const ValueId up = net.add(ResizeBilinear{2, 2}, {value});
    value = net.add(Add{}, {up, net.add(ResizeBilinear{2, 2}, {value})});
  }
  const ValueId wide = net.add(lot.pointwise(channels, 16), {value});
  const ValueId deep = net.add(DepthToSpace{2}, {wide});
  const ValueId scores = net.add(lot.pointwise(channels, 4), {value});
  const ValueId a = net.add(Flatten{4}, {deep}), b = net.add(Flatten{4}, {scores});
  const ValueId joined = net.add(Concatenate{Concatenate::Axis::rows}, {a, b});
  net.graph.outputs = {joined, b};
  if (lot.coin()) add_outputs(net, lot);
  return net;
}

// Few or many steps to a section, with little or much room for their rings.
inline ScheduleRules rules_by_lot(Lottery& lot) {
  return {0, int64_t{1} << lot.between(10, 20), static_cast<size_t>(lot.between(1, 20))};
}

}  // namespace faceveil::nn::test
