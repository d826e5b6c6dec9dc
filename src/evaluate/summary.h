// The verdicts of many pictures as numbers: leaks and false boxes, by size and by threshold;
// precision, recall and average precision for comparison with papers.
#pragma once

#include <array>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "evaluate/judge.h"

namespace faceveil {

// A part of the pictures, with the faces in them that count. Faces that do not count are neither
// leaks when missed, nor are boxes on them false.
struct Subset {
  std::string name;
  std::vector<size_t> pictures;           // Places among all verdicts.
  std::vector<std::vector<bool>> counts;  // counts[i][f]: face f of verdict pictures[i].
};

// Sizes of faces: the longer side of the labelled box, in pixels.
struct SizeClass {
  float from_px, to_px;  // [from, to)
};
inline constexpr std::array<SizeClass, 6> size_classes = {
    {{0, 8},
     {8, 16},
     {16, 32},
     {32, 64},
     {64, 128},
     {128, std::numeric_limits<float>::infinity()}}};
float longer_side(const Rect&);

struct LeakCount {
  size_t faces = 0, hidden = 0;
  size_t leaks() const { return faces - hidden; }
  std::optional<double> leak_rate() const;  // Absent where there are no faces.
};

// Everything at one threshold.
struct Counts {
  float threshold = 0;
  LeakCount all;
  std::array<LeakCount, size_classes.size()> by_size;
  size_t pictures = 0;
  size_t false_boxes = 0;  // Boxes whose centre lies in no labelled face, counting or not.
  // Boxes matched to faces at IoU 0.5: right, and wrong or second on the same face.
  size_t matched = 0, unmatched = 0;

  std::optional<double> false_boxes_a_picture() const;
  std::optional<double> precision() const;
  std::optional<double> recall() const;
};

Counts count_at(std::span<const PictureVerdict>, const Subset&, float threshold);

// As the threshold moves down over every score that occurs.
struct CurvePoint {
  float threshold = 0;
  size_t hidden = 0, false_boxes = 0, matched = 0, unmatched = 0;  // As in Counts.
};
struct Curve {
  size_t pictures = 0, faces = 0;
  std::vector<CurvePoint> points;  // In descending order of threshold.

  // The point with the most hidden faces among those with at most so many false boxes a picture;
  // absent where there is none (then nothing is hidden).
  std::optional<CurvePoint> at_false_boxes(double false_boxes_a_picture_max) const;

  // Area under precision over recall, precision made falling (PASCAL VOC from 2010 on). Absent
  // where there are no faces.
  std::optional<double> average_precision() const;

  // At most `count` points (at least 2), the first and the last among them, evenly by rank.
  std::vector<CurvePoint> thinned(size_t count) const;
};

// Boxes are matched as in PASCAL VOC: in descending order of score, each to the face that it
// overlaps most; a second box on a face is wrong. Boxes matched to faces that do not count are left
// out, and so are unmatched ones whose centre lies in such a face.
Curve curve_of(std::span<const PictureVerdict>, const Subset&);

}  // namespace faceveil
