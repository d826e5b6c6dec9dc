#include "nn/blocked_executor.h"

#include <pthreadpool.h>

#include <cmath>
#include <optional>
#include <utility>

#include "base/check.h"
#include "base/limits.h"
#include "nn/aligned_numbers.h"
#include "nn/blocked_memory.h"
#include "nn/blocked_plan.h"
#include "nn/blocked_schedule.h"

namespace faceveil::nn {
namespace {

// Numbers of input that a group of rows should have: what the fastest cache holds beside weights.
constexpr int64_t group_numbers = 8192;

// The weights of one step.
struct StepWeights {
  PackedLayer pointwise, depthwise;
};

StepWeights weights_of(const Step& step, const BlockedNetwork& network) {
  StepWeights weights;
  if (const Convolution* work = std::get_if<Convolution>(&step.work)) {
    weights.pointwise = network.packed(*work->conv);
    if (work->depthwise) weights.depthwise = network.packed(*work->depthwise);
  }
  if (const DepthwiseAlone* work = std::get_if<DepthwiseAlone>(&step.work)) {
    weights.depthwise = network.packed(*work->depthwise);
  }
  return weights;
}

// Where the numbers under a window lie, from its first pixel on: neighbouring columns together,
// dilated ones apart.
struct Segments {
  std::vector<ptrdiff_t> offsets;
  int length;

  Segments(const Window& w, ptrdiff_t row_length, int channels) {
    const bool is_together = w.dilation_across == 1 || w.width == 1;
    const int columns = is_together ? 1 : w.width;
    length = channels * (is_together ? w.width : 1);
    for (int ky = 0; ky < w.height; ++ky) {
      for (int kx = 0; kx < columns; ++kx) {
        offsets.push_back(ptrdiff_t{ky} * w.dilation_down * row_length +
                          ptrdiff_t{kx} * w.dilation_across * channels);
      }
    }
  }
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

class Executor : public BlockedRuntime {
 public:
  Executor(std::shared_ptr<const BlockedNetwork> network, int thread_count,
           const BlockedKernels& kernels, const ScheduleRules& rules)
      : network_(std::move(network)),
        kernels_(kernels),
        rules_(thread_count > 1 ? ScheduleRules::step_by_step() : rules) {
    if (thread_count > 1) pool_.reset(pthreadpool_create(static_cast<size_t>(thread_count)));
  }

  bool can_resize() const override { return true; }

  Status resize(Size size) override {
    BlockedPlan plan = TRY(plan_blocked(network_->graph(), size));
    Schedule schedule = schedule_rows(plan, rules_);
    BlockedMemory places = plan_memory(plan, schedule);
    TRY(make_room(places.count));
    plan_ = std::move(plan);
    schedule_ = std::move(schedule);
    places_ = std::move(places);
    weights_.clear();
    for (const Step& step : plan_.steps) weights_.push_back(weights_of(step, *network_));
    return {};
  }

  Size size() const override { return {plan_.shapes[0].width, plan_.shapes[0].height}; }
  size_t bytes() const override { return memory_.bytes(); }
  std::span<float> working_memory() override { return {at(0), memory_.bytes() / sizeof(float)}; }
  std::span<float> input() override {
    return {at(places_.input), static_cast<size_t>(plan_.shapes[0].count())};
  }
  size_t output_count() const override { return places_.outputs.size(); }
  std::span<const float> output(size_t index) const override {
    return {at(places_.outputs[index]), static_cast<size_t>(output_shape(index).count())};
  }
  Shape output_shape(size_t index) const override {
    CHECK(index < output_count());
    return shape(network_->graph().outputs[index]);
  }

  Status run() override {
    for (const Section& section : schedule_.sections) {
      if (section.tasks.empty()) run_step(section.begin);
      for (const RowTask& task : section.tasks) run_row(task);
    }
    for (size_t i = 0; i < output_count(); ++i) gather(plan_.outputs[i], at(places_.outputs[i]));
    return {};
  }

 private:
  // Old memory goes only when there is new: after an error all is as before.
  Status make_room(int64_t count) {
    const size_t bytes = static_cast<size_t>(count) * sizeof(float);
    if (bytes <= memory_.bytes()) return {};
    if (bytes > static_cast<size_t>(limits::network_bytes_max)) {
      return fail(Error::Kind::over_limit, "The network asks for more memory than is allowed.");
    }
    memory_ = TRY(LargeMemory::take(bytes));
    return {};
  }

  float* at(int64_t place) const { return static_cast<float*>(memory_.data()) + place; }

  // One step at work: what its groups of rows share.
  struct Context {
    const Executor& runtime;
    const Step& step;
    const StepWeights& weights;
    const Shape &in, &out;
    int rows_per_group;
  };

  Context context_of(size_t index, int rows_per_group) const {
    const Step& step = plan_.steps[index];
    return {*this, step, weights_[index], shape(step.input), shape(step.output), rows_per_group};
  }

  void run_row(const RowTask& task) const {
    const Context context = context_of(static_cast<size_t>(task.step), 1);
    run_rows(context, task.row, task.row + 1);
  }

  void run_step(size_t index) {
    const Step& step = plan_.steps[index];
    const Shape& out = shape(step.output);
    const int channels = std::max(shape(step.input).channels, out.channels);
    const int64_t numbers = row_numbers({1, out.width, channels});
    const int rows = static_cast<int>(std::clamp<int64_t>(group_numbers / numbers, 1, out.height));
    Context context = context_of(index, rows);
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
    c.runtime.run_rows(c, begin, end);
  }

  void run_rows(const Context& c, int begin, int end) const {
    std::visit([&](const auto& work) { run_rows(c, work, begin, end); }, c.step.work);
  }

  void run_rows(const Context& c, const Convolution& work, int begin, int end) const {
    if (work.is_framed) {
      run_framed(c, work, begin, end);
      return;
    }
    PointwiseCall call;
    call.pixels = (end - begin) * c.out.width;
    call.in_channels = work.conv->input_channels;
    if (work.depthwise) {
      call.in_stride = ptrdiff_t{blocks_of(c.in.channels)} * block_size;
      float* rows = scratch(static_cast<size_t>(call.pixels * call.in_stride));
      run_depthwise(c, *work.depthwise, work.depthwise_edges, work.depthwise->clamp, begin, end,
                    rows);
      call.in = rows;
    } else {
      call.in_stride = ptrdiff_t{blocks_of(c.in.channels)} * block_size;
      call.in = row(c.step.input, begin);
    }
    finish(c, work, begin, call);
  }

  // What is the same for every kind of input.
  void finish(const Context& c, const Convolution& work, int begin, PointwiseCall& call) const {
    call.weights = c.weights.pointwise.filter;
    call.bias = c.weights.pointwise.bias;
    call.out_blocks = blocks_of(work.conv->output_channels);
    call.out = row(c.step.output, begin);
    if (work.residual) {
      call.residual = row(*work.residual, begin);
      call.residual_blocks = blocks_of(shape(*work.residual).channels);
    }
    call.min = c.step.clamp.min, call.max = c.step.clamp.max;
    kernels_.pointwise(call);
  }

  // Reads a copy of the input's rows within the zeros that the convolution wants around them, of
  // each pixel only its channels.
  void run_framed(const Context& c, const Convolution& work, int begin, int end) const {
    const Window& window = work.conv->window;
    const int64_t row_length =
        (int64_t{c.in.width} + work.edges.left + work.edges.right) * c.in.channels;
    const int first_row = begin * window.stride_down - work.edges.top;
    const int rows = (end - begin - 1) * window.stride_down + static_cast<int>(window.rows());
    float* const frame = scratch(static_cast<size_t>(rows * row_length));
    for (int i = 0; i < rows; ++i) frame_row(c, work, first_row + i, frame + i * row_length);
    const Segments segments(window, row_length, c.in.channels);
    PointwiseCall call;
    call.pixels = c.out.width;
    call.in_stride = ptrdiff_t{window.stride_across} * c.in.channels;
    call.in_channels = segments.length;
    call.segments = static_cast<int>(segments.offsets.size());
    call.segment_offsets = segments.offsets.data();
    for (int y = begin; y < end; ++y) {
      call.in = frame + int64_t{y - begin} * window.stride_down * row_length;
      finish(c, work, y, call);
    }
  }

  // One row of the input, or above or below it, within the zeros that the layer wants around.
  void frame_row(const Context& c, const Convolution& work, int y, float* to) const {
    const int64_t left = int64_t{work.edges.left} * c.in.channels,
                  right = int64_t{work.edges.right} * c.in.channels,
                  length = int64_t{c.in.width} * c.in.channels;
    to = std::fill_n(to, left, 0.0f);
    if (y < 0 || y >= c.in.height) {
      to = std::fill_n(to, length, 0.0f);
    } else if (c.step.input == 0) {
      to = std::copy_n(at(places_.input) + y * length, length, to);
    } else {
      copy_channels(c.step.input, y, c.in.width, to, c.in.channels);
      to += length;
    }
    std::fill_n(to, right, 0.0f);
  }

  // The channels of pixels from row `y` on, one pixel each `out_stride` numbers.
  void copy_channels(ValueId id, int y, ptrdiff_t pixels, float* out, ptrdiff_t out_stride) const {
    const int channels = shape(id).channels;
    const ptrdiff_t stride = ptrdiff_t{blocks_of(channels)} * block_size;
    const float* in = row(id, y);
    for (ptrdiff_t p = 0; p < pixels; ++p, in += stride, out += out_stride) {
      std::copy_n(in, channels, out);
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
    call.in_width = c.in.width;
    call.blocks = blocks_of(c.in.channels);
    call.kernel_height = depthwise.window.height, call.kernel_width = depthwise.window.width;
    call.stride_across = depthwise.window.stride_across;
    call.dilation_across = depthwise.window.dilation_across;
    call.edge_left = edges.left;
    call.weights = c.weights.depthwise.filter;
    call.bias = c.weights.depthwise.bias;
    call.out_width = c.out.width;
    call.min = clamp.min, call.max = clamp.max;
    const ptrdiff_t row_length = ptrdiff_t{c.out.width} * call.blocks * block_size;
    std::vector<const float*> rows(static_cast<size_t>(call.kernel_height));
    call.rows = rows.data();
    for (int y = begin; y < end; ++y, out += row_length) {
      rows_under(c, depthwise.window, y * depthwise.window.stride_down - edges.top, rows);
      call.out = out;
      kernels_.depthwise_row(call);
    }
  }

  // Where the rows of a window lie whose first one is `first`; none for those of its edges.
  void rows_under(const Context& c, const Window& window, int first,
                  std::vector<const float*>& rows) const {
    for (size_t i = 0; i < rows.size(); ++i) {
      const int y = first + static_cast<int>(i) * window.dilation_down;
      rows[i] = y >= 0 && y < c.in.height ? row(c.step.input, y) : nullptr;
    }
  }

  void run_rows(const Context& c, const Sum& work, int begin, int end) const {
    SumCall call;
    call.a = row(c.step.input, begin);
    if (work.other) call.b = row(*work.other, begin);
    call.count = row_numbers(c.out) * (end - begin);
    call.out = row(c.step.output, begin);
    call.min = c.step.clamp.min, call.max = c.step.clamp.max;
    if (work.other && blocks_of(shape(*work.other).channels) != blocks_of(c.out.channels)) {
      sum_of_fewer_channels(c, call, *work.other, ptrdiff_t{end - begin} * c.out.width);
    } else {
      kernels_.sum(call);
    }
  }

  // Pixel by pixel: b has fewer blocks than a.
  void sum_of_fewer_channels(const Context& c, SumCall call, ValueId other,
                             ptrdiff_t pixels) const {
    const ptrdiff_t wide = ptrdiff_t{blocks_of(c.out.channels)} * block_size;
    const ptrdiff_t narrow = ptrdiff_t{blocks_of(shape(other).channels)} * block_size;
    for (ptrdiff_t p = 0; p < pixels; ++p) {
      SumCall both = call, rest = call;
      both.count = narrow;
      rest.a += narrow, rest.b = nullptr, rest.out += narrow, rest.count = wide - narrow;
      kernels_.sum(both);
      kernels_.sum(rest);
      call.a += wide, call.b += narrow, call.out += wide;
    }
  }

  void run_rows(const Context& c, const Join& work, int begin, int end) const {
    const ptrdiff_t out_stride = ptrdiff_t{blocks_of(c.out.channels)} * block_size;
    const ptrdiff_t pixels = ptrdiff_t{end - begin} * c.out.width;
    float* out = row(c.step.output, begin);
    std::fill_n(out, pixels * out_stride, 0.0f);
    copy_channels(c.step.input, begin, pixels, out, out_stride);
    out += c.in.channels;
    for (const ValueId id : work.others) {
      copy_channels(id, begin, pixels, out, out_stride);
      out += shape(id).channels;
    }
    // The clamp of a ReLU that the step took in.
    SumCall call;
    call.a = call.out = row(c.step.output, begin);
    call.count = pixels * out_stride;
    call.min = c.step.clamp.min, call.max = c.step.clamp.max;
    if (c.step.clamp != Clamp{}) kernels_.sum(call);
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
  void gather(const std::vector<OutputPart>& parts, float* next) const {
    for (const OutputPart& part : parts) {
      const Shape& s = shape(part.value);
      const Shape whole = part.padded(s);
      if (whole != s) std::fill_n(next, whole.count(), 0.0f);
      const Edges& edges = part.padding.edges;
      for (int y = 0; y < s.height; ++y) {
        const int64_t first_pixel = int64_t{y + edges.top} * whole.width + edges.left;
        copy_channels(part.value, y, s.width, next + first_pixel * whole.channels, whole.channels);
      }
      next += whole.count();
    }
  }

  const Shape& shape(ValueId id) const { return plan_.shapes[static_cast<size_t>(id)]; }
  float* row(ValueId id, int y) const {
    const int place = y % schedule_.rows_kept[static_cast<size_t>(id)];
    return at(places_.values[static_cast<size_t>(id)]) + place * row_numbers(shape(id));
  }

  std::shared_ptr<const BlockedNetwork> network_;  // The plan points into its graph.
  const BlockedKernels& kernels_;
  const ScheduleRules rules_;
  BlockedPlan plan_;
  Schedule schedule_;
  BlockedMemory places_;
  std::vector<StepWeights> weights_;  // By step.
  LargeMemory memory_;
  Pool pool_;
};

}  // namespace

Result<std::unique_ptr<BlockedRuntime>> create_blocked_runtime(
    std::shared_ptr<const BlockedNetwork> network, Size size, int thread_count,
    const BlockedKernels& kernels, const ScheduleRules& rules) {
  CHECK(thread_count >= 1);
  auto runtime = std::make_unique<Executor>(std::move(network), thread_count, kernels, rules);
  TRY(runtime->resize(size));
  return runtime;
}

}  // namespace faceveil::nn
