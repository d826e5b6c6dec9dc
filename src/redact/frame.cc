// Green frames around what was hidden: a review aid.

#include <algorithm>
#include <cmath>

#include "redact/paint.h"
#include "redact/region_spans.h"
#include "redact/solid.h"

namespace faceveil {
namespace {

constexpr Colour green = {0, 1, 0};

void draw_rectangle(Image& image, const Rect& rect) {
  Region bar;
  bar.shape = Shape::rectangle;
  bar.box = rect;
  paint_solid(image, spans_of(bar, image.size()), green);
}

// Four bars just inside the box, on whole pixels.
void draw_frame(Image& image, const Rect& box, float line) {
  const float left = std::floor(box.x), top = std::floor(box.y);
  const float width = std::ceil(box.right()) - left, height = std::ceil(box.bottom()) - top;
  draw_rectangle(image, {left, top, width, line});
  draw_rectangle(image, {left, top + height - line, width, line});
  draw_rectangle(image, {left, top, line, height});
  draw_rectangle(image, {left + width - line, top, line, height});
}

}  // namespace

int frame_line_px(Size picture) { return std::max(picture.width, picture.height) > 1280 ? 3 : 2; }

void draw_frames(Image& image, std::span<const Region> regions, Size picture) {
  const auto line = static_cast<float>(frame_line_px(picture));
  for (const Region& region : regions) draw_frame(image, region.face, line);
}

}  // namespace faceveil
