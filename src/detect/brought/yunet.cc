// YuNet of 2023 (Wu, Peng, Yu, "YuNet: A Tiny Millisecond-level Face Detector", Machine
// Intelligence Research 2023). At strides 8, 16 and 32 each cell has one anchor with cls and obj
// (both already in [0, 1]), a box and five key points. The key points are not those of our
// networks (no ears) and are not read.
#include <array>
#include <cmath>

#include "detect/brought/kind.h"

namespace faceveil::brought {
namespace {

constexpr std::array<int, 3> strides = {8, 16, 32};

// Four outputs a stride.
bool fits_yunet(std::span<const OnnxValue> outputs) {
  return outputs.size() == 12 && count_with_channels(outputs, 1) == 6 &&
         count_with_channels(outputs, 4) == 3 && count_with_channels(outputs, 10) == 3;
}

// The box is centre x, y from the cell's corner and the logarithms of width and height, all in
// strides.
Rect box_of(const float* values, int x, int y, float stride) {
  const float width = std::exp(values[2]) * stride, height = std::exp(values[3]) * stride;
  const float centre_x = (static_cast<float>(x) + values[0]) * stride;
  const float centre_y = (static_cast<float>(y) + values[1]) * stride;
  return {centre_x - width / 2, centre_y - height / 2, width, height};
}

Status decode_level(std::span<const DnnTensor> outputs, Size input, int stride, float logit_min,
                    std::vector<Candidate>& found) {
  const int columns = input.width / stride, rows = input.height / stride;
  const int64_t cells = int64_t{columns} * rows;
  // The score is the root of cls times obj, so it does not matter which of the two comes first.
  const std::span<const float> cls = TRY(find_rows(outputs, cells, 1, 0));
  const std::span<const float> obj = TRY(find_rows(outputs, cells, 1, 1));
  const std::span<const float> boxes = TRY(find_rows(outputs, cells, 4));
  for (int y = 0; y < rows; ++y) {
    for (int x = 0; x < columns; ++x) {
      const size_t cell =
          static_cast<size_t>(y) * static_cast<size_t>(columns) + static_cast<size_t>(x);
      const float logit = logit_of_score(std::sqrt(double{cls[cell]} * double{obj[cell]}));
      if (logit < logit_min) continue;
      add_candidate(box_of(&boxes[4 * cell], x, y, static_cast<float>(stride)), logit,
                    cell_middle(x, y, stride), found);
    }
  }
  return {};
}

Status decode_yunet(std::span<const DnnTensor> outputs, Size input, float logit_min,
                    std::vector<Candidate>& found) {
  for (const int stride : strides) TRY(decode_level(outputs, input, stride, logit_min, found));
  return {};
}

}  // namespace

const BroughtKind yunet_kind = {
    "yunet", {.mean = 0, .scale = 1, .blue_first = true}, 32, fits_yunet, decode_yunet};

}  // namespace faceveil::brought
