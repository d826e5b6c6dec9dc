// "Ultra-Light-Fast-Generic-Face-Detector-1MB" (Linzaer), the files version-RFB-* and
// version-slim-*: for each anchor two scores (background, face; their sum is 1) and a box that the
// graph has decoded already, left, top, right, bottom as shares of the input. The anchors are
// constants of the graph, so the input's size is the file's.
#include <cmath>

#include "detect/brought/kind.h"

namespace faceveil::brought {
namespace {

bool fits_ultra_light(std::span<const OnnxValue> outputs) {
  return outputs.size() == 2 && count_with_channels(outputs, 2) == 1 &&
         count_with_channels(outputs, 4) == 1 && outputs[0].dims.size() == 3 &&
         outputs[1].dims.size() == 3 && outputs[0].dims[1] == outputs[1].dims[1];
}

Status decode_ultra_light(std::span<const DnnTensor> outputs, Size input, float logit_min,
                          std::vector<Candidate>& found) {
  const auto anchors = static_cast<int64_t>(outputs[0].values.size()) / outputs[0].dims.back();
  const std::span<const float> scores = TRY(find_rows(outputs, anchors, 2));
  const std::span<const float> boxes = TRY(find_rows(outputs, anchors, 4));
  const auto width = static_cast<float>(input.width), height = static_cast<float>(input.height);
  for (size_t i = 0; i < static_cast<size_t>(anchors); ++i) {
    // The background's score keeps the digits that the face's loses close to 1.
    const float logit =
        limited_logit(std::log(double{scores[2 * i + 1]}) - std::log(double{scores[2 * i]}));
    if (logit < logit_min) continue;
    const float* const box = &boxes[4 * i];
    const Rect place = {box[0] * width, box[1] * height, (box[2] - box[0]) * width,
                        (box[3] - box[1]) * height};
    // The anchors stay in the graph; the box's middle is close to its own.
    const Point middle = {place.x + place.width / 2, place.y + place.height / 2};
    add_candidate(place, logit, middle, found);
  }
  return {};
}

}  // namespace

const BroughtKind ultra_light_kind = {"ultra-light-onnx",
                                      {.mean = 127, .scale = 1 / 128.0f, .padding = 127},
                                      1,
                                      fits_ultra_light,
                                      decode_ultra_light};

}  // namespace faceveil::brought
