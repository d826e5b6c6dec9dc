// What a network's own log odds are worth. A network is sure of itself in its own way, and
// differently for faces of different size; the tables here (fitted by training/, docs/detection.md)
// turn what it says into a probability, and its habit of drawing boxes into ours.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "base/geometry.h"

namespace faceveil {

// Log odds of a face = intercept + slope x the network's logit, for faces that are 2^side_log2
// level pixels wide (the square root of the box's area).
struct CalibrationRow {
  float side_log2 = 0, intercept = 0, slope = 1;
};

struct Calibration {
  std::string network;               // FaceNetwork::name() of whom it is for.
  std::vector<CalibrationRow> rows;  // Ascending in side_log2; between rows linear, flat outside.
  // Labelled boxes against the network's: shift of the middle in shares of width and height, then
  // the natural logarithms of what width and height are multiplied with.
  std::array<float, 4> box_habit{};
};

// For a network without a table: its own word, at a third of its weight, for nobody has measured
// what it is worth.
Calibration identity_calibration(std::string network);

// In (0, 1). `side_px`: square root of the box's area in level pixels, above 0.
float probability_of(const Calibration&, float logit, float side_px);

// The box as people would have labelled it.
Rect corrected_box(const Calibration&, const Rect&);

float sigmoid(float log_odds);

}  // namespace faceveil
