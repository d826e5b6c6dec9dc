#include "redact/solid.h"

namespace faceveil {

void paint_solid(Image& image, const std::vector<Span>& spans, const Colour& colour) {
  with_sample_type(image.format(), [&]<typename Sample>(Sample) {
    const int channels = image.channels();
    for (const Span& span : spans) {
      Sample* row = image.row<Sample>(span.y);
      for (int x = span.x_begin; x < span.x_end; ++x) {
        write_colour(row + ptrdiff_t{x} * channels, channels, colour);
      }
    }
  });
}

}  // namespace faceveil
