// What became of the labelled faces of one picture, and what the boxes found in it are worth.
//
// A face is **hidden** when at least 95 % of the central 60 % x 60 % of its labelled box is covered
// by what the plan would paint; otherwise it is a **leak**. Measured on the very pixels that are
// painted (spans_of), each as a square of area 1, so that the border of the central box may cut
// through pixels; what of the central box lies outside the picture does not count.
//
// A box is **false** when its centre lies in no labelled face.
//
// All of it is settled for every threshold at once: a higher threshold only takes boxes away, so a
// face is hidden up to one threshold and leaks above it.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "base/geometry.h"
#include "evaluate/truth.h"
#include "plan/plan.h"
#include "redact/region_spans.h"

namespace faceveil {

inline constexpr float central_share = 0.6f;      // Of each side of the labelled box.
inline constexpr double hidden_share_min = 0.95;  // Of the central box's area.
inline constexpr float match_overlap_min = 0.5f;  // Intersection over union.

// One box that a detector found.
struct Found {
  Rect box;         // Upright pixels.
  float score = 0;  // The same face at a higher threshold has the same score.
  Region region;    // What the plan paints for it.
};

struct FaceVerdict {
  Rect box;  // As labelled.
  // Whether some of the central box lies in the picture. Otherwise nothing can leak.
  bool in_picture = false;
  // The highest threshold at which the face is hidden; absent: never. Thresholds are inclusive: a
  // box takes part when its score is at least the threshold.
  std::optional<float> hidden_up_to;
};

struct BoxVerdict {
  Rect box;
  float score = 0;
  std::vector<uint32_t> centre_in;  // The labelled faces that hold the box's centre.
  // The face that the box overlaps most, where that reaches match_overlap_min; of equal ones the
  // first.
  std::optional<uint32_t> match;
};

struct PictureVerdict {
  std::vector<FaceVerdict> faces;  // In the order of the labels.
  std::vector<BoxVerdict> boxes;   // In descending order of score.
  double milliseconds = 0;         // That looking took; for the caller to fill in.
  double gflop = 0;                // That looking cost; 0: not known. For the caller to fill in.
};

// `found` in any order; pixels outside `picture` are never painted.
PictureVerdict judge(std::span<const LabelledFace>, Size picture, std::vector<Found> found);

// The middle of a box: central_share of each side.
Rect central_box(const Rect&);

// How much of a rectangle painted pixels cover.
class CoveredArea {
 public:
  // The part of `area` outside the picture is left out.
  CoveredArea(const Rect& area, Size picture);

  bool is_empty() const { return area_ <= 0; }
  void add(const std::vector<Span>&);                // Pixels painted twice count once.
  double share() const { return covered_ / area_; }  // In [0, 1]; only where it is not empty.

 private:
  double weight_of_row(int y) const;
  double weight_of_column(int x) const;

  double left_, top_, right_, bottom_;
  int x_begin_, x_end_, y_begin_, y_end_;  // The pixels that the area touches.
  double area_ = 0, covered_ = 0;
  std::vector<bool> painted_;
};

}  // namespace faceveil
