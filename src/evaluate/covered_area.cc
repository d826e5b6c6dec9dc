// How much of a rectangle painted pixels cover.

#include <algorithm>
#include <cmath>

#include "evaluate/judge.h"

namespace faceveil {
namespace {

// The length that [low, high) has in common with the pixel [at, at + 1).
double overlap(int at, double low, double high) {
  return std::min(high, at + 1.0) - std::max(low, static_cast<double>(at));
}

}  // namespace

CoveredArea::CoveredArea(const Rect& area, Size picture)
    : left_(std::clamp<double>(area.x, 0, picture.width)),
      top_(std::clamp<double>(area.y, 0, picture.height)),
      right_(std::clamp<double>(area.right(), 0, picture.width)),
      bottom_(std::clamp<double>(area.bottom(), 0, picture.height)),
      x_begin_(static_cast<int>(std::floor(left_))),
      x_end_(static_cast<int>(std::ceil(right_))),
      y_begin_(static_cast<int>(std::floor(top_))),
      y_end_(static_cast<int>(std::ceil(bottom_))),
      area_((right_ - left_) * (bottom_ - top_)) {
  if (is_empty()) return;
  painted_.resize(static_cast<size_t>(x_end_ - x_begin_) * static_cast<size_t>(y_end_ - y_begin_));
}

double CoveredArea::weight_of_row(int y) const { return overlap(y, top_, bottom_); }
double CoveredArea::weight_of_column(int x) const { return overlap(x, left_, right_); }

void CoveredArea::add(const std::vector<Span>& spans) {
  if (is_empty()) return;
  for (const Span& span : spans) {
    if (span.y < y_begin_ || span.y >= y_end_) continue;
    const auto row = painted_.begin() + ptrdiff_t{span.y - y_begin_} * (x_end_ - x_begin_);
    for (int x = std::max(span.x_begin, x_begin_); x < std::min(span.x_end, x_end_); ++x) {
      if (row[x - x_begin_]) continue;
      row[x - x_begin_] = true;
      covered_ += weight_of_row(span.y) * weight_of_column(x);
    }
  }
}

}  // namespace faceveil
