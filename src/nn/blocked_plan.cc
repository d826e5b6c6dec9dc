#include "nn/blocked_plan.h"

#include <algorithm>
#include <cmath>

namespace faceveil::nn {
namespace {

tl::unexpected<Error> unsupported() {
  return fail(Error::Kind::unsupported, "The blocked executor cannot run this network.");
}

// Where values lie is planned in a time that grows with their square. Real networks have a hundred.
constexpr size_t nodes_max = 4000;

bool is_unbounded(const Clamp& clamp) { return clamp == Clamp{}; }
// The zeros that fill up a block must stay zeros.
bool keeps_zero(const Clamp& clamp) { return clamp.min <= 0 && clamp.max >= 0; }

bool is_pointwise(const Conv2d& conv) {
  const Window& w = conv.window;
  return w.height == 1 && w.width == 1 && w.stride_down == 1 && w.stride_across == 1;
}

// 2 x 2 pixels become one, with none left over.
bool halves(const MaxPool2d& pool, const Shape& in) {
  const Window& w = pool.window;
  return w.rows() == 2 && w.columns() == 2 && w.stride_down == 2 && w.stride_across == 2 &&
         edges_for(w, in) == Edges{} && in.height % 2 == 0 && in.width % 2 == 0;
}

class Planner {
 public:
  Planner(const Graph& graph, std::vector<Shape> shapes)
      : graph_(graph), consumers_(shapes.size()), same_as_(shapes.size()), done_(shapes.size()) {
    plan_.shapes = std::move(shapes);
    for (size_t i = 0; i < same_as_.size(); ++i) same_as_[i] = static_cast<ValueId>(i);
    for (size_t i = 0; i < graph.nodes.size(); ++i) {
      for (const ValueId id : graph.nodes[i].inputs) {
        consumers_[static_cast<size_t>(id)].push_back(static_cast<ValueId>(i) + 1);
      }
    }
  }

  Result<BlockedPlan> plan() {
    TRY(plan_paddings());
    for (ValueId id = 1; id <= static_cast<ValueId>(graph_.nodes.size()); ++id) {
      if (!done_[static_cast<size_t>(id)]) TRY(plan_node(id));
    }
    if (plan_.steps.empty()) return unsupported();
    for (const ValueId id : graph_.outputs) {
      std::vector<OutputPart> parts;
      TRY(gather(id, parts));
      plan_.outputs.push_back(std::move(parts));
    }
    return std::move(plan_);
  }

 private:
  const Node& node(ValueId id) const { return graph_.nodes[static_cast<size_t>(id) - 1]; }
  template <typename Operation>
  const Operation* operation(ValueId id) const {
    return id == 0 ? nullptr : std::get_if<Operation>(&node(id).operation);
  }
  const Shape& shape(ValueId id) const { return plan_.shapes[static_cast<size_t>(id)]; }
  ValueId memory_of(ValueId id) const { return same_as_[static_cast<size_t>(id)]; }

  bool is_output(ValueId id) const {
    return std::find(graph_.outputs.begin(), graph_.outputs.end(), id) != graph_.outputs.end();
  }
  // The one node that reads this value, when nobody else needs it.
  std::optional<ValueId> only_consumer(ValueId id) const {
    const std::vector<ValueId>& all = consumers_[static_cast<size_t>(id)];
    return all.size() == 1 && !is_output(id) ? std::optional(all[0]) : std::nullopt;
  }

  Status plan_node(ValueId id) {
    const Operation& op = node(id).operation;
    if (const Conv2d* conv = std::get_if<Conv2d>(&op)) return plan_convolution(id, *conv);
    if (const DepthwiseConv2d* d = std::get_if<DepthwiseConv2d>(&op)) return plan_depthwise(id, *d);
    if (std::holds_alternative<Pad>(op)) return {};
    if (const Add* add = std::get_if<Add>(&op)) return plan_addition(id, *add);
    if (const Relu* relu = std::get_if<Relu>(&op)) return add_step(id, Sum{}, relu->clamp);
    if (const MaxPool2d* pool = std::get_if<MaxPool2d>(&op)) {
      return halves(*pool, shape(node(id).inputs[0])) ? add_step(id, *pool, {}) : unsupported();
    }
    if (const ResizeBilinear* r = std::get_if<ResizeBilinear>(&op)) return add_step(id, *r, {});
    if (const DepthToSpace* d = std::get_if<DepthToSpace>(&op)) return add_step(id, *d, {});
    // Lists have no memory: the outputs are gathered from what they are made of.
    if (is_list(id)) return only_gathered(id);
    if (std::holds_alternative<Concatenate>(op)) return plan_join(id);
    return unsupported();
  }

  static bool joins_channels(const Concatenate* join) {
    return join && join->axis == Concatenate::Axis::channels;
  }
  bool is_list(ValueId id) const {
    const Concatenate* join = operation<Concatenate>(id);
    return operation<Flatten>(id) || (join && !joins_channels(join));
  }

  // A join that only another join reads is done there, in one go.
  Status plan_join(ValueId id) {
    const std::optional<ValueId> next = only_consumer(id);
    if (next && joins_channels(operation<Concatenate>(*next))) return {};
    std::vector<ValueId> parts;
    TRY(find_parts(id, parts));
    const ValueId first = parts.front();
    parts.erase(parts.begin());
    return push({Join{std::move(parts)}, first, id, {}});
  }

  Status find_parts(ValueId id, std::vector<ValueId>& parts) const {
    for (const ValueId input : node(id).inputs) {
      const bool is_inner = joins_channels(operation<Concatenate>(input)) && only_consumer(input);
      if (is_inner) {
        TRY(find_parts(input, parts));
      } else if (memory_of(input) == 0 || memory_of(input) != input || is_list(input)) {
        return unsupported();
      } else {
        parts.push_back(input);
      }
    }
    return {};
  }

  // Only convolutions read the picture itself, which is not in blocks.
  template <typename Work>
  Status add_step(ValueId id, Work work, const Clamp& clamp) {
    const ValueId input = memory_of(node(id).inputs[0]);
    if (input == 0) return unsupported();
    if constexpr (std::is_same_v<Work, Sum>) {
      if (shape(input) != shape(id)) return unsupported();
    }
    return push({std::move(work), input, id, clamp});
  }

  // One of the two may be a padded value, which has the memory of a smaller one.
  Status plan_addition(ValueId id, const Add& add) {
    ValueId one = memory_of(node(id).inputs[0]), other = memory_of(node(id).inputs[1]);
    if (shape(one).channels < shape(other).channels) std::swap(one, other);
    if (one == 0 || other == 0 || shape(one) != shape(id)) return unsupported();
    return push({Sum{other}, one, id, add.clamp});
  }

  // Takes a following ReLU into the step.
  Status push(Step step) {
    const std::optional<ValueId> next = only_consumer(step.output);
    const Relu* relu = next ? operation<Relu>(*next) : nullptr;
    if (relu && is_unbounded(step.clamp)) {
      step.clamp = relu->clamp;
      step.output = *next;
      done_[static_cast<size_t>(*next)] = true;
    }
    if (!keeps_zero(step.clamp)) return unsupported();
    plan_.steps.push_back(step);
    return {};
  }

  Status plan_convolution(ValueId id, const Conv2d& conv) {
    Convolution work;
    work.conv = &conv;
    Step step{{}, node(id).inputs[0], id, conv.clamp};
    work.edges = edges_for(conv.window, shape(step.input));
    take_padding(step.input, work.edges);
    const bool is_plain = is_pointwise(conv) && work.edges == Edges{};
    if (is_plain) take_depthwise(step.input, work);
    step.input = memory_of(step.input);
    if (step.input == 0 && work.depthwise) return unsupported();
    work.is_framed = !is_plain || step.input == 0;
    take_addition(step, work);
    step.work = work;
    return push(step);
  }

  Status plan_depthwise(ValueId id, const DepthwiseConv2d& depthwise) {
    if (is_taken_by_pointwise(id)) return {};
    DepthwiseAlone work{&depthwise, {}};
    Step step{{}, node(id).inputs[0], id, depthwise.clamp};
    work.edges = edges_for(depthwise.window, shape(step.input));
    take_padding(step.input, work.edges);
    step.input = memory_of(step.input);
    if (step.input == 0) return unsupported();
    step.work = work;
    return push(step);
  }

  bool is_taken_by_pointwise(ValueId id) const {
    const DepthwiseConv2d* depthwise = operation<DepthwiseConv2d>(id);
    const std::optional<ValueId> next = only_consumer(id);
    const Conv2d* conv = next ? operation<Conv2d>(*next) : nullptr;
    return depthwise && conv && is_pointwise(*conv) && keeps_zero(depthwise->clamp) &&
           edges_for(conv->window, shape(id)) == Edges{};
  }

  // The zeros of a Pad before the convolution become edges of its window.
  void take_padding(ValueId& input, Edges& edges) const {
    const Pad* pad = operation<Pad>(input);
    if (!pad || pad->channels_after != 0) return;
    edges.top += pad->edges.top;
    edges.right += pad->edges.right;
    edges.bottom += pad->edges.bottom;
    edges.left += pad->edges.left;
    input = node(input).inputs[0];
  }

  void take_depthwise(ValueId& input, Convolution& work) const {
    if (!is_taken_by_pointwise(input)) return;
    work.depthwise = operation<DepthwiseConv2d>(input);
    input = node(input).inputs[0];
    work.depthwise_edges = edges_for(work.depthwise->window, shape(input));
    take_padding(input, work.depthwise_edges);
  }

  // Takes a following addition of a value that is known by now into the step.
  void take_addition(Step& step, Convolution& work) {
    const std::optional<ValueId> next = only_consumer(step.output);
    const Add* add = next ? operation<Add>(*next) : nullptr;
    if (!add || !is_unbounded(step.clamp)) return;
    const std::vector<ValueId>& inputs = node(*next).inputs;
    const ValueId other = memory_of(inputs[0] == step.output ? inputs[1] : inputs[0]);
    if (other == 0 || other >= step.output || inputs[0] == inputs[1]) return;
    work.residual = other;
    step.clamp = add->clamp;
    step.output = *next;
    done_[static_cast<size_t>(*next)] = true;
  }

  // Padding of channels costs nothing: what is missing is zero to whoever reads it. Padding of the
  // picture is taken by the convolutions that read it.
  Status plan_paddings() {
    for (ValueId id = 1; id <= static_cast<ValueId>(graph_.nodes.size()); ++id) {
      if (const Pad* pad = operation<Pad>(id)) TRY(plan_padding(id, *pad));
    }
    return {};
  }

  Status plan_padding(ValueId id, const Pad& pad) {
    const ValueId input = node(id).inputs[0];
    for (const ValueId consumer : consumers_[static_cast<size_t>(id)]) {
      const bool convolves = operation<Conv2d>(consumer) || operation<DepthwiseConv2d>(consumer);
      if (pad.channels_after == 0 ? !convolves : !operation<Add>(consumer)) return unsupported();
    }
    if (pad.channels_after != 0 && pad.edges != Edges{}) return unsupported();
    same_as_[static_cast<size_t>(id)] = memory_of(input);
    return {};
  }

  Status only_gathered(ValueId id) const {
    for (const ValueId consumer : consumers_[static_cast<size_t>(id)]) {
      if (!is_list(consumer)) return unsupported();
    }
    return {};
  }

  Status gather(ValueId id, std::vector<OutputPart>& parts) const {
    if (operation<Flatten>(id)) return gather(node(id).inputs[0], parts);
    if (is_list(id)) {
      TRY(gather(node(id).inputs[0], parts));
      return gather(node(id).inputs[1], parts);
    }
    if (memory_of(id) == 0) return unsupported();
    const Pad* pad = operation<Pad>(id);
    parts.push_back({memory_of(id), pad ? *pad : Pad{}});
    return {};
  }

  const Graph& graph_;
  std::vector<std::vector<ValueId>> consumers_;  // By value.
  std::vector<ValueId> same_as_;                 // By value: whose memory it is in.
  std::vector<bool> done_;                       // By value: part of an earlier step.
  BlockedPlan plan_;
};

}  // namespace

std::vector<ValueId> Step::other_inputs() const {
  if (const Join* join = std::get_if<Join>(&work)) return join->others;
  std::optional<ValueId> other;
  if (const Convolution* convolution = std::get_if<Convolution>(&work)) {
    other = convolution->residual;
  }
  if (const Sum* sum = std::get_if<Sum>(&work)) other = sum->other;
  return other ? std::vector{*other} : std::vector<ValueId>();
}

Between::Between(int result, int factor, int size) {
  const float place = (static_cast<float>(result) + 0.5f) / static_cast<float>(factor) - 0.5f;
  const float before = std::floor(place);
  first = std::max(static_cast<int>(before), 0);
  second = std::min(static_cast<int>(before) + 1, size - 1);
  second_weight = place - before;
}

Result<BlockedPlan> plan_blocked(const Graph& graph, Size size) {
  if (graph.nodes.size() > nodes_max) return unsupported();
  std::vector<Shape> shapes = TRY(infer_shapes(graph, size));
  return Planner(graph, std::move(shapes)).plan();
}

}  // namespace faceveil::nn
