// Which pixels of a picture are hidden by any region: what no content-independent effect may read.
#pragma once

#include <algorithm>
#include <span>
#include <vector>

#include "base/geometry.h"
#include "redact/region_spans.h"

namespace faceveil {

class HiddenMap {
 public:
  explicit HiddenMap(Size picture)
      : size_(picture),
        hidden_(static_cast<size_t>(picture.width) * static_cast<size_t>(picture.height)) {}

  void add(const std::vector<Span>& spans) {
    for (const Span& span : spans) {
      const auto row = hidden_.begin() + ptrdiff_t{span.y} * size_.width;
      std::fill(row + span.x_begin, row + span.x_end, true);
    }
  }

  // Inside the picture and under no region.
  bool is_visible(int x, int y) const {
    return x >= 0 && y >= 0 && x < size_.width && y < size_.height &&
           !hidden_[static_cast<size_t>(y) * static_cast<size_t>(size_.width) +
                    static_cast<size_t>(x)];
  }

 private:
  Size size_;
  std::vector<bool> hidden_;  // A bit a pixel.
};

}  // namespace faceveil
