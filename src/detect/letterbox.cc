#include "detect/letterbox.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "base/check.h"

namespace faceveil {
namespace {

constexpr float black = -1.0f;

// Where one row or column of samples falls between two pixels.
struct Tap {
  bool is_inside = false;
  int first = 0, second = 0;   // Pixels, the border repeated.
  float second_weight = 0.0f;  // The first has the rest.
};

// `centre` in pixels of the picture, whose extent is `size`.
Tap tap_at(double centre, int size) {
  const double position = centre - 0.5;
  const double before = std::floor(position);
  Tap tap;
  tap.is_inside = centre >= 0 && centre < size;
  if (!tap.is_inside) return tap;
  tap.first = std::clamp(static_cast<int>(before), 0, size - 1);
  tap.second = std::clamp(static_cast<int>(before) + 1, 0, size - 1);
  tap.second_weight = static_cast<float>(position - before);
  return tap;
}

float mix(float first, float second, float second_weight) {
  return first + (second - first) * second_weight;
}

template <typename Sample, int colours>
void fill_row(const Image& picture, const std::vector<Tap>& columns, const Tap& row, float* out) {
  const int channels = picture.channels();
  const Sample* upper = picture.row<Sample>(row.first);
  const Sample* lower = picture.row<Sample>(row.second);
  constexpr float to_unit = 2.0f / static_cast<float>(std::numeric_limits<Sample>::max());
  for (const Tap& column : columns) {
    const ptrdiff_t left = ptrdiff_t{column.first} * channels;
    const ptrdiff_t right = ptrdiff_t{column.second} * channels;
    for (int c = 0; c < rgb_channels; ++c) {
      const int colour = colours == 1 ? 0 : c;
      const float top = mix(upper[left + colour], upper[right + colour], column.second_weight);
      const float bottom = mix(lower[left + colour], lower[right + colour], column.second_weight);
      const float value = mix(top, bottom, row.second_weight) * to_unit - 1.0f;
      *out++ = column.is_inside ? value : black;
    }
  }
}

template <typename Sample, int colours>
void fill(const Image& picture, int side, float* out) {
  const LetterboxGeometry geometry(picture.size(), side);
  std::vector<Tap> columns;
  columns.reserve(static_cast<size_t>(side));
  for (int x = 0; x < side; ++x) {
    columns.push_back(tap_at(geometry.picture_x(x + 0.5), picture.size().width));
  }
  const ptrdiff_t row_length = ptrdiff_t{side} * rgb_channels;
  for (int y = 0; y < side; ++y, out += row_length) {
    const Tap row = tap_at(geometry.picture_y(y + 0.5), picture.size().height);
    if (row.is_inside) {
      fill_row<Sample, colours>(picture, columns, row, out);
    } else {
      std::fill_n(out, row_length, black);
    }
  }
}

}  // namespace

LetterboxGeometry::LetterboxGeometry(Size picture, int side) {
  const int longer = std::max(picture.width, picture.height);
  pixels_per_sample_ = static_cast<double>(longer) / side;
  margin_x_ = (longer - picture.width) / 2.0;
  margin_y_ = (longer - picture.height) / 2.0;
}

void letterbox(const Image& picture, int side, std::span<float> samples) {
  CHECK(picture.size().width > 0 && picture.size().height > 0 && side > 0);
  CHECK(samples.size() == static_cast<size_t>(side) * static_cast<size_t>(side) * rgb_channels);
  const bool is_gray = picture.channels() <= 2;
  if (bytes_per_sample(picture.format()) == 1) {
    is_gray ? fill<uint8_t, 1>(picture, side, samples.data())
            : fill<uint8_t, 3>(picture, side, samples.data());
  } else {
    is_gray ? fill<uint16_t, 1>(picture, side, samples.data())
            : fill<uint16_t, 3>(picture, side, samples.data());
  }
}

}  // namespace faceveil
