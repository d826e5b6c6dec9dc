// YOLOv5-face (Qi, Tan, Yao, Liu, "YOLO5Face: Why Reinventing a Face Detector", arXiv 2105.12931),
// as its authors export it: the bare results of the last convolutions, 1 x 3 anchors x rows x
// columns x 16, at strides 8, 16 and 32. The sixteen: centre x, y, width, height, objectness, ten
// numbers of five key points (not those of our networks: no ears; not read), class.
#include <array>
#include <cmath>

#include "detect/brought/kind.h"

namespace faceveil::brought {
namespace {

constexpr int values_per_anchor = 16;
constexpr int anchors_per_cell = 3;

struct Level {
  int stride;
  std::array<Size, anchors_per_cell> anchors;  // Pixels of the input.
};

// models/yolov5n-0.5.yaml, the same in all files of the authors with three strides.
constexpr std::array<Level, 3> levels = {{
    {8, {{{4, 5}, {8, 10}, {13, 16}}}},
    {16, {{{23, 29}, {43, 55}, {73, 105}}}},
    {32, {{{146, 217}, {231, 300}, {335, 433}}}},
}};

bool fits_yolov5_face(std::span<const OnnxValue> outputs) {
  for (const OnnxValue& output : outputs) {
    if (output.dims.size() != 5 || output.dims[1] != anchors_per_cell) return false;
  }
  return outputs.size() == 3 && count_with_channels(outputs, values_per_anchor) == 3;
}

float sigmoid(float x) { return 1 / (1 + std::exp(-x)); }

// Log odds of sigmoid(a) x sigmoid(b), without the rounding of either.
float logit_of_product(double a, double b) {
  return limited_logit(-std::log(std::exp(-a) + std::exp(-b) + std::exp(-a - b)));
}

// From YOLOv5 on the centre reaches half a cell over the cell's border, and the size up to four
// times the anchor's.
Rect box_of(const float* values, int x, int y, const Level& level, const Size& anchor) {
  const auto stride = static_cast<float>(level.stride);
  const float centre_x = (sigmoid(values[0]) * 2 - 0.5f + static_cast<float>(x)) * stride;
  const float centre_y = (sigmoid(values[1]) * 2 - 0.5f + static_cast<float>(y)) * stride;
  const float width = std::pow(sigmoid(values[2]) * 2, 2.0f) * static_cast<float>(anchor.width);
  const float height = std::pow(sigmoid(values[3]) * 2, 2.0f) * static_cast<float>(anchor.height);
  return {centre_x - width / 2, centre_y - height / 2, width, height};
}

Status decode_level(std::span<const DnnTensor> outputs, Size input, const Level& level,
                    float logit_min, std::vector<Candidate>& found) {
  const int columns = input.width / level.stride, rows = input.height / level.stride;
  const int64_t cells = int64_t{columns} * rows;
  const std::span<const float> values =
      TRY(find_rows(outputs, anchors_per_cell * cells, values_per_anchor));
  for (int64_t i = 0; i < anchors_per_cell * cells; ++i) {
    const float* const at = &values[static_cast<size_t>(i * values_per_anchor)];
    const float logit = logit_of_product(double{at[4]}, double{at[15]});
    if (logit < logit_min) continue;
    const int cell = static_cast<int>(i % cells);
    const int x = cell % columns, y = cell / columns;
    const Size& anchor = level.anchors[static_cast<size_t>(i / cells)];
    add_candidate(box_of(at, x, y, level, anchor), logit, cell_middle(x, y, level.stride), found);
  }
  return {};
}

Status decode_yolov5_face(std::span<const DnnTensor> outputs, Size input, float logit_min,
                          std::vector<Candidate>& found) {
  for (const Level& level : levels) TRY(decode_level(outputs, input, level, logit_min, found));
  return {};
}

}  // namespace

// 114 is the grey that YOLO's own letterbox pads with.
const BroughtKind yolov5_face_kind = {"yolov5-face",
                                      {.mean = 0, .scale = 1 / 255.0f, .padding = 114},
                                      32,
                                      fits_yolov5_face,
                                      decode_yolov5_face};

}  // namespace faceveil::brought
