// The letterbox by its definition.
#include <algorithm>
#include <cmath>

#include "base/check.h"
#include "detect/letterbox.h"

namespace faceveil {
namespace {

// One colour of one pixel in [0, 1]; outside the picture, of the nearest pixel.
double colour_at(const Image& picture, double x, double y, int colour) {
  const int column = std::clamp(static_cast<int>(x), 0, picture.size().width - 1);
  const int row = std::clamp(static_cast<int>(y), 0, picture.size().height - 1);
  const int channel = picture.channels() <= 2 ? 0 : colour;
  const int index = column * picture.channels() + channel;
  return bytes_per_sample(picture.format()) == 1 ? picture.row<uint8_t>(row)[index] / 255.0
                                                 : picture.row<uint16_t>(row)[index] / 65535.0;
}

double bilinear(const Image& picture, double x, double y, int colour) {
  const double left = std::floor(x), top = std::floor(y);
  const double right_weight = x - left, bottom_weight = y - top;
  return (1 - bottom_weight) * ((1 - right_weight) * colour_at(picture, left, top, colour) +
                                right_weight * colour_at(picture, left + 1, top, colour)) +
         bottom_weight * ((1 - right_weight) * colour_at(picture, left, top + 1, colour) +
                          right_weight * colour_at(picture, left + 1, top + 1, colour));
}

}  // namespace

void letterbox_reference(const Image& picture, int side, std::span<float> samples) {
  CHECK(samples.size() == static_cast<size_t>(side) * static_cast<size_t>(side) * 3);
  const auto [width, height] = picture.size();
  const double longer = std::max(width, height);
  for (int y = 0; y < side; ++y) {
    for (int x = 0; x < side; ++x) {
      const double u = (x + 0.5) / side * longer - (longer - width) / 2;
      const double v = (y + 0.5) / side * longer - (longer - height) / 2;
      const bool is_inside = u >= 0 && u < width && v >= 0 && v < height;
      for (int colour = 0; colour < 3; ++colour) {
        const double value = is_inside ? bilinear(picture, u - 0.5, v - 0.5, colour) : 0;
        samples[(static_cast<size_t>(y) * side + x) * 3 + colour] =
            static_cast<float>(value * 2 - 1);
      }
    }
  }
}

}  // namespace faceveil
