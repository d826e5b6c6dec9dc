// Resampling by its definition.
#include <algorithm>
#include <cmath>

#include "base/check.h"
#include "detect/resample.h"

namespace faceveil {
namespace {

// One colour of one pixel in [0, 255].
double colour_at(const Image& picture, int x, int y, int colour) {
  const int channel = picture.channels() <= 2 ? 0 : colour;
  const ptrdiff_t index = ptrdiff_t{x} * picture.channels() + channel;
  return bytes_per_sample(picture.format()) == 1 ? picture.row<uint8_t>(y)[index]
                                                 : picture.row<uint16_t>(y)[index] / 257.0;
}

// How much old pixel `old` adds to new pixel `index`, in one direction.
double weight_of(int old, int index, double scale, int extent) {
  if (scale > 1) {
    return std::max(0.0,
                    std::min(old + 1.0, (index + 1) * scale) - std::max(old * 1.0, index * scale));
  }
  const double place = std::clamp((index + 0.5) * scale - 0.5, 0.0, extent - 1.0);
  return std::max(0.0, 1 - std::abs(place - old));
}

struct Range {
  int begin, end;
};

// No pixel outside of it has a weight.
Range range_of(int index, double scale, int extent) {
  const int begin = static_cast<int>(std::floor(index * scale)) - 1;
  const int end = static_cast<int>(std::ceil((index + 1) * scale)) + 1;
  return {std::clamp(begin, 0, extent), std::clamp(end, 0, extent)};
}

double mean(const Image& picture, Size size, int x, int y, int colour) {
  const auto [width, height] = picture.size();
  const double scale_x = static_cast<double>(width) / size.width;
  const double scale_y = static_cast<double>(height) / size.height;
  const Range columns = range_of(x, scale_x, width), rows = range_of(y, scale_y, height);
  double sum = 0, weights = 0;
  for (int j = rows.begin; j < rows.end; ++j) {
    for (int i = columns.begin; i < columns.end; ++i) {
      const double weight = weight_of(i, x, scale_x, width) * weight_of(j, y, scale_y, height);
      sum += weight * colour_at(picture, i, j, colour);
      weights += weight;
    }
  }
  return sum / weights;
}

}  // namespace

Result<Image> resample_reference(const Image& picture, Size size) {
  CHECK(picture.size().width > 0 && picture.size().height > 0);
  Image result = TRY(Image::create(PixelFormat::rgb8, size));
  for (int y = 0; y < size.height; ++y) {
    for (int x = 0; x < size.width; ++x) {
      for (int c = 0; c < 3; ++c) {
        const long value = std::lround(mean(picture, size, x, y, c));
        result.row<uint8_t>(y)[x * 3 + c] = static_cast<uint8_t>(value);
      }
    }
  }
  return result;
}

}  // namespace faceveil
