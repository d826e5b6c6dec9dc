#include "evaluate/summary.h"

#include <algorithm>
#include <functional>

#include "base/check.h"

namespace faceveil {
namespace {

enum class Worth : uint8_t { matched, unmatched, left_out };

// What the boxes of one picture are worth, in their order.
std::vector<Worth> worth_of_boxes(const PictureVerdict& verdict, const std::vector<bool>& counts) {
  std::vector<Worth> worth;
  std::vector<bool> taken(verdict.faces.size());
  for (const BoxVerdict& box : verdict.boxes) {
    const bool on_other =
        box.match ? !counts[*box.match]
                  : std::ranges::any_of(box.centre_in, [&](uint32_t f) { return !counts[f]; });
    if (on_other) {
      worth.push_back(Worth::left_out);
    } else if (box.match && !taken[*box.match]) {
      taken[*box.match] = true;
      worth.push_back(Worth::matched);
    } else {
      worth.push_back(Worth::unmatched);
    }
  }
  return worth;
}

LeakCount& size_count(Counts& counts, const Rect& box) {
  const float side = longer_side(box);
  for (size_t i = 0; i < size_classes.size(); ++i) {
    if (side < size_classes[i].to_px) return counts.by_size[i];
  }
  return counts.by_size.back();
}

void count_faces(const PictureVerdict& verdict, const std::vector<bool>& counting, Counts& counts) {
  for (size_t f = 0; f < verdict.faces.size(); ++f) {
    if (!counting[f]) continue;
    const FaceVerdict& face = verdict.faces[f];
    const bool hidden = face.hidden_up_to && *face.hidden_up_to >= counts.threshold;
    for (LeakCount* count : {&counts.all, &size_count(counts, face.box)}) {
      ++count->faces;
      count->hidden += hidden;
    }
  }
}

void count_boxes(const PictureVerdict& verdict, const std::vector<bool>& counting, Counts& counts) {
  const std::vector<Worth> worth = worth_of_boxes(verdict, counting);
  for (size_t b = 0; b < verdict.boxes.size(); ++b) {
    if (verdict.boxes[b].score < counts.threshold) break;
    counts.false_boxes += verdict.boxes[b].centre_in.empty();
    counts.matched += worth[b] == Worth::matched;
    counts.unmatched += worth[b] == Worth::unmatched;
  }
}

std::optional<double> ratio(size_t part, size_t whole) {
  if (whole == 0) return std::nullopt;
  return static_cast<double>(part) / static_cast<double>(whole);
}

// Steps that a curve takes when the threshold passes a score.
std::vector<CurvePoint> steps_of(std::span<const PictureVerdict> verdicts, const Subset& subset) {
  std::vector<CurvePoint> steps;
  for (size_t i = 0; i < subset.pictures.size(); ++i) {
    const PictureVerdict& verdict = verdicts[subset.pictures[i]];
    const std::vector<Worth> worth = worth_of_boxes(verdict, subset.counts[i]);
    for (size_t b = 0; b < verdict.boxes.size(); ++b) {
      const BoxVerdict& box = verdict.boxes[b];
      steps.push_back({box.score, 0, box.centre_in.empty(), worth[b] == Worth::matched,
                       worth[b] == Worth::unmatched});
    }
    for (size_t f = 0; f < verdict.faces.size(); ++f) {
      const std::optional<float>& hidden_up_to = verdict.faces[f].hidden_up_to;
      if (subset.counts[i][f] && hidden_up_to) steps.push_back({*hidden_up_to, 1, 0, 0, 0});
    }
  }
  return steps;
}

size_t count_faces(const Subset& subset) {
  size_t count = 0;
  for (const std::vector<bool>& faces : subset.counts) {
    count += static_cast<size_t>(std::ranges::count(faces, true));
  }
  return count;
}

}  // namespace

float longer_side(const Rect& box) { return std::max(box.width, box.height); }

std::optional<double> LeakCount::leak_rate() const { return ratio(leaks(), faces); }

std::optional<double> Counts::false_boxes_a_picture() const { return ratio(false_boxes, pictures); }
std::optional<double> Counts::precision() const { return ratio(matched, matched + unmatched); }
std::optional<double> Counts::recall() const { return ratio(matched, all.faces); }

Counts count_at(std::span<const PictureVerdict> verdicts, const Subset& subset, float threshold) {
  CHECK(subset.pictures.size() == subset.counts.size());
  Counts counts;
  counts.threshold = threshold;
  counts.pictures = subset.pictures.size();
  for (size_t i = 0; i < subset.pictures.size(); ++i) {
    const PictureVerdict& verdict = verdicts[subset.pictures[i]];
    CHECK(verdict.faces.size() == subset.counts[i].size());
    count_faces(verdict, subset.counts[i], counts);
    count_boxes(verdict, subset.counts[i], counts);
  }
  return counts;
}

Curve curve_of(std::span<const PictureVerdict> verdicts, const Subset& subset) {
  CHECK(subset.pictures.size() == subset.counts.size());
  std::vector<CurvePoint> steps = steps_of(verdicts, subset);
  std::ranges::sort(steps, std::ranges::greater(), &CurvePoint::threshold);
  Curve curve;
  curve.pictures = subset.pictures.size();
  curve.faces = count_faces(subset);
  CurvePoint sum;
  for (size_t i = 0; i < steps.size(); ++i) {
    sum.threshold = steps[i].threshold;
    sum.hidden += steps[i].hidden;
    sum.false_boxes += steps[i].false_boxes;
    sum.matched += steps[i].matched;
    sum.unmatched += steps[i].unmatched;
    // Equal scores come and go together.
    const bool is_last = i + 1 == steps.size() || steps[i + 1].threshold < sum.threshold;
    if (is_last) curve.points.push_back(sum);
  }
  return curve;
}

std::optional<CurvePoint> Curve::at_false_boxes(double false_boxes_a_picture_max) const {
  std::optional<CurvePoint> best;
  for (const CurvePoint& point : points) {
    if (static_cast<double>(point.false_boxes) >
        false_boxes_a_picture_max * static_cast<double>(pictures)) {
      break;
    }
    best = point;
  }
  return best;
}

std::optional<double> Curve::average_precision() const {
  if (faces == 0) return std::nullopt;
  // From the last point back, so that the best precision at this recall or more is at hand.
  double area = 0, best_precision = 0;
  for (size_t i = points.size(); i-- > 0;) {
    const size_t before = i > 0 ? points[i - 1].matched : 0;
    const size_t boxes = points[i].matched + points[i].unmatched;
    best_precision = std::max(best_precision, ratio(points[i].matched, boxes).value_or(0));
    area += best_precision * static_cast<double>(points[i].matched - before);
  }
  return area / static_cast<double>(faces);
}

std::vector<CurvePoint> Curve::thinned(size_t count) const {
  CHECK(count >= 2);
  if (points.size() <= count) return points;
  std::vector<CurvePoint> kept;
  for (size_t i = 0; i < count; ++i) kept.push_back(points[i * (points.size() - 1) / (count - 1)]);
  return kept;
}

}  // namespace faceveil
