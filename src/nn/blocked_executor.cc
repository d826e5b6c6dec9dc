#include "nn/blocked_executor.h"

#include <pthreadpool.h>

#include <cmath>
#include <list>
#include <optional>
#include <utility>

#include "base/check.h"
#include "nn/aligned_numbers.h"
#include "nn/blocked_plan.h"

namespace faceveil::nn {
namespace {

// Numbers of input that a group of rows should have: what the fastest cache holds beside weights.
constexpr int64_t group_numbers = 8192;

int blocks_of(int channels) { return (channels + block_size - 1) / block_size; }
int64_t row_numbers(const Shape& s) {
  return int64_t{s.width} * blocks_of(s.channels) * block_size;
}
size_t numbers_of(const Shape& s) { return static_cast<size_t>(row_numbers(s) * s.height); }

// The vector of `channels` numbers for each of `count`, each filled up to whole blocks.
AlignedNumbers filled_up(const std::vector<float>& values, int channels, size_t count) {
  const size_t padded = static_cast<size_t>(blocks_of(channels)) * block_size;
  AlignedNumbers result(padded * count);
  for (size_t i = 0; i < values.size(); ++i) {
    result.data()[i / channels * padded + i % channels] = values[i];
  }
  return result;
}

// [output][tap and input] to [output block][tap and input][16].
AlignedNumbers packed_filter(const Conv2d& conv) {
  const size_t inputs = conv.filter.size() / static_cast<size_t>(conv.output_channels);
  AlignedNumbers result(static_cast<size_t>(blocks_of(conv.output_channels)) * block_size * inputs);
  for (size_t i = 0; i < conv.filter.size(); ++i) {
    const size_t output = i / inputs, input = i % inputs;
    const size_t block = output / block_size;
    result.data()[(block * inputs + input) * block_size + output % block_size] = conv.filter[i];
  }
  return result;
}

// The weights of one step as its kernels want them.
struct PackedWeights {
  AlignedNumbers filter, bias;
  AlignedNumbers depthwise_filter, depthwise_bias;

  void pack(const DepthwiseConv2d& d) {
    const size_t taps = d.filter.size() / static_cast<size_t>(d.channels);
    depthwise_filter = filled_up(d.filter, d.channels, taps);
    depthwise_bias = filled_up(d.bias, d.channels, 1);
  }
  void pack(const Conv2d& conv) {
    filter = packed_filter(conv);
    bias = filled_up(conv.bias, conv.output_channels, 1);
  }
};

PackedWeights pack(const Step& step) {
  PackedWeights weights;
  if (const Convolution* work = std::get_if<Convolution>(&step.work)) {
    weights.pack(*work->conv);
    if (work->depthwise) weights.pack(*work->depthwise);
  }
  if (const DepthwiseAlone* work = std::get_if<DepthwiseAlone>(&step.work)) {
    weights.pack(*work->depthwise);
  }
  return weights;
}

// Gives every value a piece of memory, and the same piece to values that are never needed at the
// same time.
class MemoryPlan {
 public:
  explicit MemoryPlan(const BlockedPlan& plan) : plan_(plan) {
    find_last_uses();
    places_.resize(plan.shapes.size(), nullptr);
    for (size_t i = 0; i < plan.steps.size(); ++i) {
      place(plan.steps[i].output);
      for (Piece& piece : pieces_) piece.is_free = piece.is_free || piece.last_use <= i;
    }
  }

  // By value; null for those without memory of their own.
  std::vector<float*> places() const { return places_; }
  std::list<AlignedNumbers> take() { return std::move(memory_); }

 private:
  struct Piece {
    AlignedNumbers* numbers;
    size_t last_use;
    bool is_free;
  };

  void find_last_uses() {
    last_uses_.resize(plan_.shapes.size(), 0);
    for (size_t i = 0; i < plan_.steps.size(); ++i) {
      const Step& step = plan_.steps[i];
      use(step.input, i);
      const Convolution* convolution = std::get_if<Convolution>(&step.work);
      if (convolution && convolution->residual) use(*convolution->residual, i);
      const Sum* sum = std::get_if<Sum>(&step.work);
      if (sum && sum->other) use(*sum->other, i);
    }
    for (const std::vector<ValueId>& parts : plan_.outputs) {
      for (const ValueId id : parts) use(id, plan_.steps.size());
    }
  }

  void use(ValueId id, size_t step) { last_uses_[static_cast<size_t>(id)] = step; }

  // The smallest free piece that is large enough, or a new one.
  void place(ValueId id) {
    const size_t count = numbers_of(plan_.shapes[static_cast<size_t>(id)]);
    const size_t last_use = last_uses_[static_cast<size_t>(id)];
    Piece* best = nullptr;
    for (Piece& piece : pieces_) {
      const bool fits = piece.is_free && piece.numbers->size() >= count;
      if (fits && (!best || piece.numbers->size() < best->numbers->size())) best = &piece;
    }
    if (!best) {
      memory_.emplace_back(count);
      best = &pieces_.emplace_back(Piece{&memory_.back(), 0, true});
    }
    best->last_use = last_use;
    best->is_free = false;
    places_[static_cast<size_t>(id)] = best->numbers->data();
  }

  const BlockedPlan& plan_;
  std::vector<size_t> last_uses_;  // By value: the last step that reads it.
  std::list<AlignedNumbers> memory_;
  std::vector<Piece> pieces_;
  std::vector<float*> places_;
};

// Numbers for one group of rows on this thread, kept for the next.
float* scratch(size_t count) {
  thread_local std::optional<AlignedNumbers> numbers;
  if (!numbers || numbers->size() < count) numbers.emplace(count);
  return numbers->data();
}

struct DeletePool {
  void operator()(pthreadpool_t pool) const { pthreadpool_destroy(pool); }
};
using Pool = std::unique_ptr<std::remove_pointer_t<pthreadpool_t>, DeletePool>;

class BlockedRuntime : public Runtime {
 public:
  BlockedRuntime(std::shared_ptr<const Graph> graph, BlockedPlan plan, int thread_count,
                 const BlockedKernels& kernels)
      : graph_(std::move(graph)), plan_(std::move(plan)), kernels_(kernels) {
    for (const Step& step : plan_.steps) weights_.push_back(pack(step));
    MemoryPlan memory(plan_);
    places_ = memory.places();
    memory_ = memory.take();
    input_.resize(static_cast<size_t>(plan_.shapes[0].count()));
    for (const ValueId id : graph_->outputs) {
      outputs_.emplace_back(static_cast<size_t>(plan_.shapes[static_cast<size_t>(id)].count()));
    }
    if (thread_count > 1) pool_.reset(pthreadpool_create(static_cast<size_t>(thread_count)));
  }

  Size size() const override { return {plan_.shapes[0].width, plan_.shapes[0].height}; }
  std::span<float> input() override { return input_; }
  size_t output_count() const override { return outputs_.size(); }
  std::span<const float> output(size_t index) const override {
    CHECK(index < outputs_.size());
    return outputs_[index];
  }
  Shape output_shape(size_t index) const override {
    CHECK(index < outputs_.size());
    return plan_.shapes[static_cast<size_t>(graph_->outputs[index])];
  }

  Status run() override {
    frame_input(std::get<Convolution>(plan_.steps.front().work));
    for (size_t i = 0; i < plan_.steps.size(); ++i) run_step(i);
    for (size_t i = 0; i < outputs_.size(); ++i) gather(plan_.outputs[i], outputs_[i]);
    return {};
  }

 private:
  // One step at work: what its groups of rows share.
  struct Context {
    const BlockedRuntime& runtime;
    const Step& step;
    const PackedWeights& weights;
    const Shape &in, &out;
    int rows_per_group;
  };

  void run_step(size_t index) {
    const Step& step = plan_.steps[index];
    const Shape& in = shape(step.input);
    const Shape& out = shape(step.output);
    const int64_t numbers = row_numbers({1, out.width, std::max(in.channels, out.channels)});
    const int rows = static_cast<int>(std::clamp<int64_t>(group_numbers / numbers, 1, out.height));
    Context context{*this, step, weights_[index], in, out, rows};
    const size_t groups = (static_cast<size_t>(out.height) + rows - 1) / static_cast<size_t>(rows);
    // Threads wait for the next step awake, but not for the next picture.
    const bool is_last = index + 1 == plan_.steps.size();
    pthreadpool_parallelize_1d(pool_.get(), run_group, &context, groups,
                               is_last ? PTHREADPOOL_FLAG_YIELD_WORKERS : 0);
  }

  static void run_group(void* argument, size_t group) {
    const Context& c = *static_cast<const Context*>(argument);
    const int begin = static_cast<int>(group) * c.rows_per_group;
    const int end = std::min(begin + c.rows_per_group, c.out.height);
    std::visit([&](const auto& work) { c.runtime.run_rows(c, work, begin, end); }, c.step.work);
  }

  void run_rows(const Context& c, const Convolution& work, int begin, int end) const {
    PointwiseCall call;
    call.pixels = (end - begin) * c.out.width;
    call.in_channels = work.conv->input_channels;
    if (work.depthwise) {
      call.in_stride = ptrdiff_t{blocks_of(c.in.channels)} * block_size;
      float* rows = scratch(static_cast<size_t>(call.pixels * call.in_stride));
      run_depthwise(c, *work.depthwise, work.depthwise_edges, work.depthwise->clamp, begin, end,
                    rows);
      call.in = rows;
    } else if (c.step.input == 0) {
      run_first(c, work, begin, end);
      return;
    } else {
      call.in_stride = ptrdiff_t{blocks_of(c.in.channels)} * block_size;
      call.in = row(c.step.input, begin);
    }
    finish(c, work, begin, call);
  }

  // What is the same for every kind of input.
  void finish(const Context& c, const Convolution& work, int begin, PointwiseCall& call) const {
    call.weights = c.weights.filter.data();
    call.bias = c.weights.bias.data();
    call.out_blocks = blocks_of(work.conv->output_channels);
    call.out = row(c.step.output, begin);
    if (work.residual) {
      call.residual = row(*work.residual, begin);
      call.residual_blocks = blocks_of(shape(*work.residual).channels);
    }
    call.min = c.step.clamp.min, call.max = c.step.clamp.max;
    kernels_.pointwise(call);
  }

  // The layer that reads the picture: every row of its window is a segment of input channels.
  void run_first(const Context& c, const Convolution& work, int begin, int end) const {
    const Window& window = work.conv->window;
    const ptrdiff_t row_length = frame_row_numbers(work);
    PointwiseCall call;
    call.pixels = c.out.width;
    call.in_channels = window.width * c.in.channels;
    call.in_stride = ptrdiff_t{window.stride_across} * c.in.channels;
    call.segments = window.height;
    call.segment_stride = row_length;
    for (int y = begin; y < end; ++y) {
      call.in = frame_.data() + int64_t{y} * window.stride_down * row_length;
      finish(c, work, y, call);
    }
  }

  int64_t frame_row_numbers(const Convolution& first) const {
    const Shape& in = plan_.shapes[0];
    return (int64_t{in.width} + first.edges.left + first.edges.right) * in.channels;
  }

  // The picture within the zeros that the first layer wants around it.
  void frame_input(const Convolution& first) {
    const Shape& in = plan_.shapes[0];
    const int64_t row_length = frame_row_numbers(first),
                  picture_length = int64_t{in.width} * in.channels;
    if (frame_.size() == 0) {
      const int64_t rows = int64_t{in.height} + first.edges.top + first.edges.bottom;
      frame_ = AlignedNumbers(static_cast<size_t>(rows * row_length));
    }
    float* to =
        frame_.data() + first.edges.top * row_length + int64_t{first.edges.left} * in.channels;
    const float* from = input_.data();
    for (int y = 0; y < in.height; ++y, to += row_length, from += picture_length) {
      std::copy_n(from, picture_length, to);
    }
  }

  void run_rows(const Context& c, const DepthwiseAlone& work, int begin, int end) const {
    run_depthwise(c, *work.depthwise, work.edges, c.step.clamp, begin, end,
                  row(c.step.output, begin));
  }

  // Rows [begin, end) of the results, to `out`.
  void run_depthwise(const Context& c, const DepthwiseConv2d& depthwise, const Edges& edges,
                     const Clamp& clamp, int begin, int end, float* out) const {
    DepthwiseCall call;
    call.in = places_[static_cast<size_t>(c.step.input)];
    call.in_height = c.in.height, call.in_width = c.in.width;
    call.blocks = blocks_of(c.in.channels);
    call.kernel_height = depthwise.window.height, call.kernel_width = depthwise.window.width;
    call.stride_down = depthwise.window.stride_down;
    call.stride_across = depthwise.window.stride_across;
    call.dilation_down = depthwise.window.dilation_down;
    call.dilation_across = depthwise.window.dilation_across;
    call.edge_top = edges.top, call.edge_left = edges.left;
    call.weights = c.weights.depthwise_filter.data();
    call.bias = c.weights.depthwise_bias.data();
    call.out_width = c.out.width;
    call.min = clamp.min, call.max = clamp.max;
    const ptrdiff_t row_length = ptrdiff_t{c.out.width} * call.blocks * block_size;
    for (int y = begin; y < end; ++y, out += row_length) {
      call.row = y;
      call.out = out;
      kernels_.depthwise_row(call);
    }
  }

  void run_rows(const Context& c, const Sum& work, int begin, int end) const {
    SumCall call;
    call.a = row(c.step.input, begin);
    if (work.other) call.b = row(*work.other, begin);
    call.count = row_numbers(c.out) * (end - begin);
    call.out = row(c.step.output, begin);
    call.min = c.step.clamp.min, call.max = c.step.clamp.max;
    kernels_.sum(call);
  }

  void run_rows(const Context& c, const MaxPool2d&, int begin, int end) const {
    MaxPoolCall call;
    call.blocks = blocks_of(c.in.channels);
    call.out_width = c.out.width;
    call.min = c.step.clamp.min, call.max = c.step.clamp.max;
    for (int y = begin; y < end; ++y) {
      call.upper = row(c.step.input, 2 * y);
      call.lower = row(c.step.input, 2 * y + 1);
      call.out = row(c.step.output, y);
      kernels_.max_pool_row(call);
    }
  }

  // Between which two rows or columns a result lies, the border repeated.
  struct Between {
    int first, second;
    float second_weight;
    Between(int result, int factor, int size) {
      const float place = (static_cast<float>(result) + 0.5f) / static_cast<float>(factor) - 0.5f;
      const float before = std::floor(place);
      first = std::max(static_cast<int>(before), 0);
      second = std::min(static_cast<int>(before) + 1, size - 1);
      second_weight = place - before;
    }
  };

  void run_rows(const Context& c, const ResizeBilinear& work, int begin, int end) const {
    EnlargeCall call;
    call.blocks = blocks_of(c.in.channels);
    call.out_width = c.out.width;
    call.min = c.step.clamp.min, call.max = c.step.clamp.max;
    std::vector<ptrdiff_t> left, right;
    std::vector<float> right_weight;
    for (int x = 0; x < c.out.width; ++x) {
      const Between across(x, work.factor_across, c.in.width);
      left.push_back(ptrdiff_t{across.first} * call.blocks * block_size);
      right.push_back(ptrdiff_t{across.second} * call.blocks * block_size);
      right_weight.push_back(across.second_weight);
    }
    call.left = left.data(), call.right = right.data(), call.right_weight = right_weight.data();
    for (int y = begin; y < end; ++y) {
      const Between down(y, work.factor_down, c.in.height);
      call.upper = row(c.step.input, down.first);
      call.lower = row(c.step.input, down.second);
      call.lower_weight = down.second_weight;
      call.out = row(c.step.output, y);
      kernels_.enlarge_row(call);
    }
  }

  void run_rows(const Context& c, const DepthToSpace& work, int begin, int end) const {
    const int in_numbers = blocks_of(c.in.channels) * block_size;
    const int numbers = blocks_of(c.out.channels) * block_size;
    float* out = row(c.step.output, begin);
    for (int y = begin; y < end; ++y) {
      for (int x = 0; x < c.out.width; ++x, out += numbers) {
        const float* in = row(c.step.input, y / work.block) + int64_t{x} / work.block * in_numbers +
                          (int64_t{y} % work.block * work.block + x % work.block) * c.out.channels;
        std::fill_n(out, numbers, 0.0f);
        for (int i = 0; i < c.out.channels; ++i) out[i] = clamped(in[i], c.step.clamp);
      }
    }
  }

  static float clamped(float value, const Clamp& clamp) {
    return std::min(std::max(value, clamp.min), clamp.max);
  }

  // The plain numbers of values, one value after the other.
  void gather(const std::vector<ValueId>& values, std::vector<float>& out) const {
    float* next = out.data();
    for (const ValueId id : values) {
      const Shape& s = shape(id);
      const float* pixel = row(id, 0);
      for (int64_t i = 0; i < int64_t{s.height} * s.width; ++i) {
        next = std::copy_n(pixel, s.channels, next);
        pixel += ptrdiff_t{blocks_of(s.channels)} * block_size;
      }
    }
  }

  const Shape& shape(ValueId id) const { return plan_.shapes[static_cast<size_t>(id)]; }
  float* row(ValueId id, int y) const {
    return places_[static_cast<size_t>(id)] + y * row_numbers(shape(id));
  }

  std::shared_ptr<const Graph> graph_;  // The plan points into it.
  BlockedPlan plan_;
  const BlockedKernels& kernels_;
  std::vector<PackedWeights> weights_;  // By step.
  std::list<AlignedNumbers> memory_;
  std::vector<float*> places_;  // By value: where it lies in `memory_`.
  std::vector<float> input_;
  AlignedNumbers frame_;  // `input_` with zeros around.
  std::vector<std::vector<float>> outputs_;
  Pool pool_;
};

}  // namespace

Result<std::unique_ptr<Runtime>> create_blocked_runtime(std::shared_ptr<const Graph> graph,
                                                        Size size, int thread_count,
                                                        const BlockedKernels& kernels) {
  CHECK(thread_count >= 1);
  BlockedPlan plan = TRY(plan_blocked(*graph, size));
  return std::make_unique<BlockedRuntime>(std::move(graph), std::move(plan), thread_count, kernels);
}

}  // namespace faceveil::nn
