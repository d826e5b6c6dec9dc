// The kinds of face network that a person may bring: how each wants its pixels, and what its
// numbers mean.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "detect/brought/onnx_file.h"
#include "detect/brought/opencv_dnn.h"
#include "detect/face_network.h"

namespace faceveil::brought {

// A sample goes in as (value - mean) * scale, value in [0, 255].
struct PixelScaling {
  float mean = 0, scale = 1;
  bool blue_first = false;
  float padding = 0;  // Value of samples outside the picture, before scaling.
};

struct BroughtKind {
  std::string_view name;
  PixelScaling pixels;
  int side_multiple = 1;  // The input's width and height must be multiples of it.

  // Whether a graph with these outputs is of this kind.
  bool (*fits)(std::span<const OnnxValue> outputs);

  // Adds the candidates of at least `logit_min`, in pixels of the input, in order of anchors.
  // `outputs` are in the order of the file. Errors: bad_input, where they are not as many numbers
  // as the kind gives for an input of this size.
  Status (*decode)(std::span<const DnnTensor> outputs, Size input, float logit_min,
                   std::vector<Candidate>& found);
};

extern const BroughtKind yunet_kind;        // yunet.cc
extern const BroughtKind scrfd_kind;        // scrfd.cc
extern const BroughtKind yolov5_face_kind;  // yolov5_face.cc
extern const BroughtKind ultra_light_kind;  // ultra_light_onnx.cc

// The numbers at the end of the dimensions of an output: one box's worth. 0 when left open.
int64_t channels_of(const OnnxValue&);
// How many of the outputs have so many channels.
int64_t count_with_channels(std::span<const OnnxValue>, int64_t channels);

// The `nth` of the outputs that holds `rows` x `channels` numbers. Errors: bad_input.
Result<std::span<const float>> find_rows(std::span<const DnnTensor>, int64_t rows, int channels,
                                         int nth = 0);

// Log odds of a score in [0, 1], limited to +-100. A score that was rounded to 1 counts as half a
// unit in the last place below it, so that rounding makes no leap to infinity.
float logit_of_score(double score);
float limited_logit(double logit);  // To +-100; not a number becomes -100.

// The middle of a cell.
Point cell_middle(int x, int y, int stride);

// Adds the candidate unless its box is not finite or has no area.
void add_candidate(Rect box, float logit, Point anchor, std::vector<Candidate>& found);

}  // namespace faceveil::brought
