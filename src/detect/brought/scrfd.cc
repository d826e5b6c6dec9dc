// SCRFD (Guo, Deng, Lattas, Zafeiriou, "Sample and Computation Redistribution for Efficient Face
// Detection", arXiv 2105.04714). At strides 8, 16 and 32 each cell has two anchors with a score (in
// [0, 1]) and a box; some files also have five key points, which are not those of our networks (no
// ears) and are not read.
#include <array>

#include "detect/brought/kind.h"

namespace faceveil::brought {
namespace {

constexpr std::array<int, 3> strides = {8, 16, 32};
constexpr int anchors_per_cell = 2;

bool fits_scrfd(std::span<const OnnxValue> outputs) {
  const bool keypoints = count_with_channels(outputs, 10) == 3;
  return outputs.size() == (keypoints ? 9u : 6u) && count_with_channels(outputs, 1) == 3 &&
         count_with_channels(outputs, 4) == 3;
}

// The box is four distances in strides, left, up, right and down from the cell's corner.
Rect box_of(const float* distances, int x, int y, float stride) {
  const float left = (static_cast<float>(x) - distances[0]) * stride;
  const float top = (static_cast<float>(y) - distances[1]) * stride;
  return {left, top, (distances[0] + distances[2]) * stride,
          (distances[1] + distances[3]) * stride};
}

Status decode_level(std::span<const DnnTensor> outputs, Size input, int stride, float logit_min,
                    std::vector<Candidate>& found) {
  const int columns = input.width / stride, rows = input.height / stride;
  const int64_t anchors = int64_t{anchors_per_cell} * columns * rows;
  const std::span<const float> scores = TRY(find_rows(outputs, anchors, 1));
  const std::span<const float> boxes = TRY(find_rows(outputs, anchors, 4));
  for (int64_t anchor = 0; anchor < anchors; ++anchor) {
    const float logit = logit_of_score(double{scores[static_cast<size_t>(anchor)]});
    if (logit < logit_min) continue;
    const int cell = static_cast<int>(anchor / anchors_per_cell);
    const int x = cell % columns, y = cell / columns;
    add_candidate(box_of(&boxes[static_cast<size_t>(4 * anchor)], x, y, static_cast<float>(stride)),
                  logit, cell_middle(x, y, stride), found);
  }
  return {};
}

Status decode_scrfd(std::span<const DnnTensor> outputs, Size input, float logit_min,
                    std::vector<Candidate>& found) {
  for (const int stride : strides) TRY(decode_level(outputs, input, stride, logit_min, found));
  return {};
}

}  // namespace

const BroughtKind scrfd_kind = {
    "scrfd", {.mean = 127.5f, .scale = 1 / 128.0f}, 32, fits_scrfd, decode_scrfd};

}  // namespace faceveil::brought
