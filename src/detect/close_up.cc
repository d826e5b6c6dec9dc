#include "detect/close_up.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "base/check.h"

namespace faceveil {
namespace {

// The window of the close-up over the scaled picture; may reach over its border.
struct Window {
  Size scaled;
  int x = 0, y = 0;
};

Window window_over(Size picture, const Rect& box, const Framing& framing) {
  const double side = std::sqrt(double{box.area()});
  // A speck is not enlarged beyond what one pixel can tell.
  const double scale = std::min(framing.side_px / (framing.context * side), 8.0);
  const auto scaled = [&](int pixels) {
    return std::max(1, static_cast<int>(std::lround(pixels * scale)));
  };
  const auto start = [&](double middle) {
    return static_cast<int>(std::lround(middle * scale - framing.side_px / 2.0));
  };
  return {{scaled(picture.width), scaled(picture.height)},
          start(box.x + box.width / 2.0),
          start(box.y + box.height / 2.0)};
}

// What of [start, start + side) lies in [0, length).
struct Overlap {
  int begin = 0, end = 0;
};

Overlap overlap_of(int start, int side, int length) {
  return {std::clamp(start, 0, length), std::clamp(start + side, 0, length)};
}

}  // namespace

Result<Image> close_up(const Halvings& picture, const Rect& box, const Framing& framing) {
  CHECK(box.area() > 0 && framing.side_px > 0);
  const Window window = window_over(picture.size(), box, framing);
  Image result = TRY(Image::create(PixelFormat::rgb8, {framing.side_px, framing.side_px}));
  const Overlap across = overlap_of(window.x, framing.side_px, window.scaled.width);
  const Overlap down = overlap_of(window.y, framing.side_px, window.scaled.height);
  if (across.begin == across.end || down.begin == down.end) return result;
  const Size size{across.end - across.begin, down.end - down.begin};
  const Image seen = TRY(picture.resample(window.scaled, {across.begin, down.begin, size}));
  for (int y = 0; y < size.height; ++y) {
    uint8_t* row = result.row<uint8_t>(y + down.begin - window.y);
    std::memcpy(row + ptrdiff_t{across.begin - window.x} * 3, seen.row<uint8_t>(y),
                static_cast<size_t>(size.width) * 3);
  }
  return result;
}

}  // namespace faceveil
