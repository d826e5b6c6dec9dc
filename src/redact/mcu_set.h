// A set of the MCUs of a JPEG picture.
#pragma once

#include <algorithm>
#include <vector>

#include "base/geometry.h"
#include "redact/region_spans.h"

namespace faceveil {

class McuSet {
 public:
  // `mcu_pixels`: the size of one.
  McuSet(Size count, Size mcu_pixels)
      : count_(count),
        mcu_pixels_(mcu_pixels),
        members_(static_cast<size_t>(count.width) * static_cast<size_t>(count.height)) {}

  Size count() const { return count_; }

  // Whether it holds MCU (x, y); false outside the picture.
  bool has(int x, int y) const {
    return x >= 0 && y >= 0 && x < count_.width && y < count_.height && members_[index(x, y)];
  }
  void add(int x, int y) { members_[index(x, y)] = true; }
  const std::vector<bool>& members() const { return members_; }  // Row by row.

  // Adds all MCUs that hold a pixel of the box; what lies outside the picture is cut off.
  void add_pixels(int left, int top, int right, int bottom) {
    const int x_begin = std::max(left, 0) / mcu_pixels_.width;
    const int y_begin = std::max(top, 0) / mcu_pixels_.height;
    const int x_end = std::min(rounded_up(right, mcu_pixels_.width), count_.width);
    const int y_end = std::min(rounded_up(bottom, mcu_pixels_.height), count_.height);
    for (int y = y_begin; y < y_end; ++y) {
      for (int x = x_begin; x < x_end; ++x) add(x, y);
    }
  }

  // Adds all MCUs within `margin_px` of the spans.
  void add_around(const std::vector<Span>& spans, int margin_px) {
    for (const Span& span : spans) {
      add_pixels(span.x_begin - margin_px, span.y - margin_px, span.x_end + margin_px,
                 span.y + 1 + margin_px);
    }
  }

 private:
  static int rounded_up(int pixels, int unit) { return pixels <= 0 ? 0 : (pixels - 1) / unit + 1; }
  size_t index(int x, int y) const {
    return static_cast<size_t>(y) * static_cast<size_t>(count_.width) + static_cast<size_t>(x);
  }

  Size count_, mcu_pixels_;
  std::vector<bool> members_;
};

}  // namespace faceveil
