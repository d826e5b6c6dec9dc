#include "detect/calibration.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace faceveil {
namespace {

CalibrationRow row_at(const std::vector<CalibrationRow>& rows, float side_log2) {
  const auto after =
      std::lower_bound(rows.begin(), rows.end(), side_log2,
                       [](const CalibrationRow& row, float x) { return row.side_log2 < x; });
  if (after == rows.begin()) return rows.front();
  if (after == rows.end()) return rows.back();
  const CalibrationRow& a = *std::prev(after);
  const CalibrationRow& b = *after;
  const float share = (side_log2 - a.side_log2) / (b.side_log2 - a.side_log2);
  return {side_log2, std::lerp(a.intercept, b.intercept, share),
          std::lerp(a.slope, b.slope, share)};
}

}  // namespace

float sigmoid(float log_odds) { return 1 / (1 + std::exp(-log_odds)); }

Calibration identity_calibration(std::string network) {
  constexpr float trust = 0.3f;
  return {std::move(network), {{5, 0, trust}}, {}};
}

float probability_of(const Calibration& calibration, float logit, float side_px) {
  const CalibrationRow row = row_at(calibration.rows, std::log2(side_px));
  return sigmoid(row.intercept + row.slope * logit);
}

Rect corrected_box(const Calibration& calibration, const Rect& box) {
  const auto& [across, down, log_width, log_height] = calibration.box_habit;
  const float middle_x = box.x + box.width * (0.5f + across);
  const float middle_y = box.y + box.height * (0.5f + down);
  const float width = box.width * std::exp(log_width), height = box.height * std::exp(log_height);
  return {middle_x - width / 2, middle_y - height / 2, width, height};
}

}  // namespace faceveil
