#include "evaluate/wider_protocol.h"

#include <algorithm>
#include <array>

#include "base/check.h"

namespace faceveil {
namespace {

constexpr int threshold_count = 1000;
constexpr double overlap_min = 0.5;

struct Tally {
  int64_t boxes = 0, found_faces = 0;
};
using Tallies = std::array<Tally, threshold_count>;

// boxoverlap.m: corners are the last pixels that belong to the box.
double overlap_of_pixels(const Rect& a, const Rect& b) {
  const double width = double{std::min(a.right(), b.right())} - std::max(a.x, b.x) + 1;
  const double height = double{std::min(a.bottom(), b.bottom())} - std::max(a.y, b.y) + 1;
  if (width <= 0 || height <= 0) return 0;
  const auto area = [](const Rect& box) { return (double{box.width} + 1) * (box.height + 1.0); };
  return width * height / (area(a) + area(b) - width * height);
}

// The face that the box overlaps most; faces.size() where none is overlapped enough.
size_t face_of(const Rect& box, std::span<const Rect> faces) {
  size_t best = faces.size();
  double best_overlap = 0;
  for (size_t f = 0; f < faces.size(); ++f) {
    const double overlap = overlap_of_pixels(faces[f], box);
    if (overlap < overlap_min || overlap <= best_overlap) continue;
    best = f;
    best_overlap = overlap;
  }
  return best;
}

// Behind each box, in descending order of score, what has been found so far.
std::vector<Tally> tallies_by_box(const WiderPicture& picture) {
  std::vector<Tally> tallies;
  std::vector<bool> found(picture.faces.size());
  Tally sum;
  for (const ScoredBox& box : picture.boxes) {
    const size_t face = face_of(box.box, picture.faces);
    const bool on_a_face = face < picture.faces.size();
    if (!on_a_face || picture.counts[face]) ++sum.boxes;
    if (on_a_face && picture.counts[face] && !found[face]) {
      found[face] = true;
      ++sum.found_faces;
    }
    tallies.push_back(sum);
  }
  return tallies;
}

class ScoreStretch {
 public:
  explicit ScoreStretch(std::span<const WiderPicture> pictures) {
    for (const WiderPicture& picture : pictures) {
      for (const ScoredBox& box : picture.boxes) {
        low_ = std::min(low_, double{box.score});
        high_ = std::max(high_, double{box.score});
      }
    }
  }
  // Where all scores are equal the official program divides by zero; here all are the highest.
  double operator()(float score) const {
    return high_ > low_ ? (score - low_) / (high_ - low_) : 1;
  }

 private:
  double low_ = 1, high_ = 0;  // The official starting values.
};

void add_picture(const WiderPicture& picture, const ScoreStretch& stretch, Tallies& sums) {
  const std::vector<Tally> tallies = tallies_by_box(picture);
  size_t taken = 0;  // Boxes at the threshold or above.
  for (int t = 0; t < threshold_count; ++t) {
    const double threshold = 1 - static_cast<double>(t + 1) / threshold_count;
    while (taken < tallies.size() && stretch(picture.boxes[taken].score) >= threshold) ++taken;
    if (taken == 0) continue;
    sums[static_cast<size_t>(t)].boxes += tallies[taken - 1].boxes;
    sums[static_cast<size_t>(t)].found_faces += tallies[taken - 1].found_faces;
  }
}

// VOCap.m: precision made falling, area summed wherever recall changes.
double area_under(const Tallies& sums, int64_t face_count) {
  double area = 0, best_precision = 0;
  for (size_t t = sums.size(); t-- > 0;) {
    const int64_t before = t > 0 ? sums[t - 1].found_faces : 0;
    if (sums[t].boxes > 0) {
      best_precision = std::max(best_precision, static_cast<double>(sums[t].found_faces) /
                                                    static_cast<double>(sums[t].boxes));
    }
    area += best_precision * static_cast<double>(sums[t].found_faces - before);
  }
  return area / static_cast<double>(face_count);
}

}  // namespace

std::optional<double> wider_average_precision(std::span<const WiderPicture> pictures) {
  const ScoreStretch stretch(pictures);
  Tallies sums = {};
  int64_t face_count = 0;
  for (const WiderPicture& picture : pictures) {
    CHECK(picture.faces.size() == picture.counts.size());
    face_count += std::ranges::count(picture.counts, true);
    if (!picture.faces.empty()) add_picture(picture, stretch, sums);
  }
  if (face_count == 0) return std::nullopt;
  return area_under(sums, face_count);
}

}  // namespace faceveil
