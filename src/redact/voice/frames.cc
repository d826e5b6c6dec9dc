#include "redact/voice/frames.h"

#include <cmath>
#include <numbers>

namespace faceveil {

const std::vector<double>& frame_window() {
  static const std::vector<double> window = [] {
    std::vector<double> weights(frame_samples);
    for (int n = 0; n < frame_samples; ++n) {
      weights[static_cast<size_t>(n)] =
          0.5 - 0.5 * std::cos(2 * std::numbers::pi * n / frame_samples);
    }
    return weights;
  }();
  return window;
}

}  // namespace faceveil
