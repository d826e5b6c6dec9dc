// Lays a drawing over pixels that another effect has covered already.
#pragma once

#include <vector>

#include "media/image.h"
#include "redact/colour.h"
#include "redact/region_spans.h"

namespace faceveil {

// A colour already multiplied with its coverage (Porter and Duff 1984), both in [0, 1]: what lies
// below shows through by 1 - coverage.
struct Tint {
  Colour colour = {};
  float coverage = 0;
};

inline Tint over(const Tint& upper, const Tint& lower) {
  Tint sum{lower.colour, upper.coverage + lower.coverage * (1 - upper.coverage)};
  for (size_t c = 0; c < 3; ++c) {
    sum.colour[c] = upper.colour[c] + lower.colour[c] * (1 - upper.coverage);
  }
  return sum;
}

// tint_at(x, y) gives the Tint of the pixel in column x of row y. Reads and writes the pixels of
// the spans, and no other.
template <typename TintAt>
void lay_over(Image& image, const std::vector<Span>& spans, const TintAt& tint_at) {
  with_sample_type(image.format(), [&]<typename Sample>(Sample) {
    const int channels = image.channels();
    for (const Span& span : spans) {
      Sample* row = image.row<Sample>(span.y);
      for (int x = span.x_begin; x < span.x_end; ++x) {
        Sample* pixel = row + ptrdiff_t{x} * channels;
        const Tint below{read_colour(pixel, channels), 1};
        write_colour(pixel, channels, over(tint_at(x, span.y), below).colour);
      }
    }
  });
}

}  // namespace faceveil
