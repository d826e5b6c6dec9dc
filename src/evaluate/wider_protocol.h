// The average precision that WIDER FACE's own evaluation (eval_tools, evaluation.m by Shuo Yang)
// reports for "easy", "medium" and "hard". To the letter, where it differs from usage elsewhere:
//
// - Scores are stretched over all pictures so that the lowest becomes 0 and the highest 1; curves
//   have 1000 points, at the stretched thresholds 0.999, 0.998, ..., 0.
// - Each box belongs to the face that it overlaps most, counting or not; reached at IoU 0.5, with
//   corners taken as pixels that belong to the box (each side one longer).
// - A box on a face that does not count is left out. All others stand in the denominator of
//   precision; a face found twice is found once.
// - Pictures without labelled faces are passed over, with their boxes.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "base/geometry.h"

namespace faceveil {

struct ScoredBox {
  Rect box;
  float score = 0;
};

struct WiderPicture {
  std::vector<Rect> faces;       // All labelled ones.
  std::vector<bool> counts;      // Of the same length.
  std::vector<ScoredBox> boxes;  // In descending order of score.
};

// Absent where no face counts.
std::optional<double> wider_average_precision(std::span<const WiderPicture>);

}  // namespace faceveil
