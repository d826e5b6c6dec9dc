#include "detect/brought/kind.h"

#include <algorithm>
#include <cmath>

namespace faceveil::brought {

int64_t channels_of(const OnnxValue& value) { return value.dims.empty() ? 0 : value.dims.back(); }

int64_t count_with_channels(std::span<const OnnxValue> values, int64_t channels) {
  return std::count_if(values.begin(), values.end(),
                       [&](const OnnxValue& v) { return channels_of(v) == channels; });
}

Result<std::span<const float>> find_rows(std::span<const DnnTensor> outputs, int64_t rows,
                                         int channels, int nth) {
  for (const DnnTensor& output : outputs) {
    if (output.dims.empty() || output.dims.back() != channels) continue;
    if (static_cast<int64_t>(output.values.size()) != rows * channels) continue;
    if (nth-- == 0) return std::span<const float>(output.values);
  }
  return fail(Error::Kind::bad_input,
              "The model's results are not as many numbers as its kind of network gives.");
}

float limited_logit(double logit) {
  return std::isnan(logit) ? -100.0f : static_cast<float>(std::clamp(logit, -100.0, 100.0));
}

float logit_of_score(double score) {
  const double rounding = std::ldexp(1.0, -25);
  return limited_logit(std::log(score) - std::log(std::max(1 - score, rounding)));
}

Point cell_middle(int x, int y, int stride) {
  return {(static_cast<float>(x) + 0.5f) * static_cast<float>(stride),
          (static_cast<float>(y) + 0.5f) * static_cast<float>(stride)};
}

void add_candidate(Rect box, float logit, Point anchor, std::vector<Candidate>& found) {
  const bool finite = std::isfinite(box.x) && std::isfinite(box.y) && std::isfinite(box.width) &&
                      std::isfinite(box.height);
  if (!finite || !(box.width > 0) || !(box.height > 0)) return;
  found.push_back({box, logit, std::nullopt, anchor});
}

}  // namespace faceveil::brought
