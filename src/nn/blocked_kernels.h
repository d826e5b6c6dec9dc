// The inner loops of the blocked executor. Channels lie in blocks of sixteen numbers, the last one
// filled up with zeros, so that no loop has a remainder in channels. blocked_kernels.inc holds the
// one source; it is compiled once for each set of instructions, and available_kernels() says which
// of them this processor has.
#pragma once

#include <cstddef>
#include <span>

namespace faceveil::nn {

inline constexpr int block_size = 16;

// out[p] = clamp(bias + weights x in[p] + residual[p]) for each of `pixels` pixels.
struct PointwiseCall {
  const float* in = nullptr;
  ptrdiff_t in_stride = 0;  // Numbers from one pixel to the next.
  int pixels = 0;
  int in_channels = 0;
  // Each pixel has `segments` times `in_channels` inputs: those of one segment lie together, at
  // in[segment_offsets[s]]. So a window is read where it lies. No offsets: one segment, at in[0].
  int segments = 1;
  const ptrdiff_t* segment_offsets = nullptr;
  const float* weights = nullptr;  // [output block][segment][input channel][16]
  const float* bias = nullptr;     // [output block][16]
  int out_blocks = 0;
  float* out = nullptr;             // [pixel][output block][16]
  const float* residual = nullptr;  // [pixel][residual block][16], or none.
  int residual_blocks = 0;          // At most out_blocks; what is missing is zero.
  float min = 0, max = 0;
};

// One row of results of a depthwise convolution.
struct DepthwiseCall {
  // The window's rows, `kernel_height` of them, each [column][block][16]; null for a row of zeros.
  const float* const* rows = nullptr;
  int in_width = 0, blocks = 0;
  int kernel_height = 0, kernel_width = 0, stride_across = 0, dilation_across = 1;
  int edge_left = 0;
  const float* weights = nullptr;  // [tap][block][16]
  const float* bias = nullptr;     // [block][16]
  int out_width = 0;
  float* out = nullptr;  // [column][block][16]
  float min = 0, max = 0;
};

// One row of the largest of each 2 x 2 pixels.
struct MaxPoolCall {
  const float* upper = nullptr;  // [column][block][16]
  const float* lower = nullptr;
  int blocks = 0, out_width = 0;
  float* out = nullptr;
  float min = 0, max = 0;
};

// One row of a bilinear enlargement: out[x] = the mean, by weight, of four pixels.
struct EnlargeCall {
  const float* upper = nullptr;  // [column][block][16]
  const float* lower = nullptr;
  float lower_weight = 0;
  // By column of the result: where the two columns begin, and the second one's weight.
  const ptrdiff_t* left = nullptr;
  const ptrdiff_t* right = nullptr;
  const float* right_weight = nullptr;
  int blocks = 0, out_width = 0;
  float* out = nullptr;
  float min = 0, max = 0;
};

// out = clamp(a + b) or clamp(a) when b is none, number by number.
struct SumCall {
  const float* a = nullptr;
  const float* b = nullptr;
  ptrdiff_t count = 0;  // A multiple of 16.
  float* out = nullptr;
  float min = 0, max = 0;
};

struct BlockedKernels {
  const char* name;
  void (*pointwise)(const PointwiseCall&);
  void (*depthwise_row)(const DepthwiseCall&);
  void (*max_pool_row)(const MaxPoolCall&);
  void (*enlarge_row)(const EnlargeCall&);
  void (*sum)(const SumCall&);
};

// Those that this processor can run, the fastest first; never empty.
std::span<const BlockedKernels* const> available_kernels();

}  // namespace faceveil::nn
