#include "redact/region_spans.h"

#include <algorithm>
#include <cmath>

#include "base/check.h"

namespace faceveil {
namespace {

int clamped(float value, int high) {
  return static_cast<int>(std::clamp(value, 0.0f, static_cast<float>(high)));
}

std::vector<Span> rectangle_spans(const Rect& box, Size picture) {
  const int left = clamped(std::floor(box.x), picture.width);
  const int right = clamped(std::ceil(box.right()), picture.width);
  const int top = clamped(std::floor(box.y), picture.height);
  const int bottom = clamped(std::ceil(box.bottom()), picture.height);
  std::vector<Span> spans;
  if (left >= right) return spans;
  for (int y = top; y < bottom; ++y) spans.push_back({y, left, right});
  return spans;
}

// A pixel is inside when its centre is; the row through the middle holds at least the middle pixel.
Span ellipse_row(const Rect& box, int y, Size picture) {
  const float center_x = box.x + box.width / 2, center_y = box.y + box.height / 2;
  const float v = (static_cast<float>(y) + 0.5f - center_y) / (box.height / 2);
  const float half = box.width / 2 * std::sqrt(std::max(0.0f, 1 - v * v));
  Span span{y, clamped(std::ceil(center_x - half - 0.5f), picture.width),
            clamped(std::floor(center_x + half - 0.5f) + 1, picture.width)};
  const float middle = std::floor(center_x);
  const bool middle_row = std::floor(center_y) == static_cast<float>(y);
  if (middle_row && middle >= 0 && middle < static_cast<float>(picture.width)) {
    span.x_begin = std::min(span.x_begin, static_cast<int>(middle));
    span.x_end = std::max(span.x_end, static_cast<int>(middle) + 1);
  }
  return span;
}

std::vector<Span> ellipse_spans(const Rect& box, Size picture) {
  const int top = clamped(std::floor(box.y), picture.height);
  const int bottom = clamped(std::ceil(box.bottom()), picture.height);
  std::vector<Span> spans;
  for (int y = top; y < bottom; ++y) {
    const Span span = ellipse_row(box, y, picture);
    if (span.x_begin < span.x_end) spans.push_back(span);
  }
  return spans;
}

}  // namespace

std::vector<Span> spans_of(const Region& region, Size picture) {
  return region.shape == Shape::rectangle ? rectangle_spans(region.box, picture)
                                          : ellipse_spans(region.box, picture);
}

PixelBox bounding_box(const std::vector<Span>& spans) {
  CHECK(!spans.empty());
  int left = spans[0].x_begin, right = spans[0].x_end;
  for (const Span& span : spans) {
    left = std::min(left, span.x_begin);
    right = std::max(right, span.x_end);
  }
  return {left, spans.front().y, right - left, spans.back().y - spans.front().y + 1};
}

}  // namespace faceveil
