#include "detect/scene_cut.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <numeric>

namespace faceveil {
namespace {

constexpr float field_difference_min = 0.08f;      // Mean over all fields, luma in [0, 1].
constexpr float histogram_difference_min = 0.15f;  // Share of the fields that changed their bin.
constexpr float times_usual_min = 3;
constexpr float usual_share_of_new = 0.2f;
constexpr size_t bins = 16;
constexpr int samples_a_field = 8;  // Along each side: more change nothing.

// ITU-R BT.601 weights; grey pictures have one channel.
template <typename Sample>
float luma(const Sample* pixel, int colours) {
  constexpr auto maximum = static_cast<float>(std::numeric_limits<Sample>::max());
  if (colours < 3) return static_cast<float>(pixel[0]) / maximum;
  return (0.299f * static_cast<float>(pixel[0]) + 0.587f * static_cast<float>(pixel[1]) +
          0.114f * static_cast<float>(pixel[2])) /
         maximum;
}

template <typename Sample>
float field_luma(const Image& image, double left, double top, double width, double height) {
  const int channels = image.channels();
  float sum = 0;
  for (int j = 0; j < samples_a_field; ++j) {
    const auto y = static_cast<int>(top + (j + 0.5) / samples_a_field * height);
    const Sample* row = image.row<Sample>(std::min(y, image.size().height - 1));
    for (int i = 0; i < samples_a_field; ++i) {
      const auto x = static_cast<int>(left + (i + 0.5) / samples_a_field * width);
      sum += luma(row + ptrdiff_t{std::min(x, image.size().width - 1)} * channels, channels);
    }
  }
  return sum / (samples_a_field * samples_a_field);
}

// Share of the values that lie in another bin, in [0, 1].
template <typename Fields>
float histogram_difference(const Fields& a, const Fields& b) {
  std::array<float, bins> more = {};
  const auto bin = [](float value) {
    return std::min(bins - 1, static_cast<size_t>(value * static_cast<float>(bins)));
  };
  for (const float value : a) more[bin(value)] += 1;
  for (const float value : b) more[bin(value)] -= 1;
  float sum = 0;
  for (const float value : more) sum += std::abs(value);
  return sum / 2 / static_cast<float>(a.size());
}

}  // namespace

SceneCuts::Fields SceneCuts::fields_of(const Image& image) {
  Fields fields;
  const double width = static_cast<double>(image.size().width) / columns;
  const double height = static_cast<double>(image.size().height) / rows;
  for (int y = 0; y < rows; ++y) {
    for (int x = 0; x < columns; ++x) {
      fields[static_cast<size_t>(y) * columns + x] =
          bytes_per_sample(image.format()) == 1
              ? field_luma<uint8_t>(image, x * width, y * height, width, height)
              : field_luma<uint16_t>(image, x * width, y * height, width, height);
    }
  }
  return fields;
}

bool SceneCuts::is_cut(const Image& image) {
  const Fields fields = fields_of(image);
  const bool same_size = image.size() == size_;
  const float difference = std::transform_reduce(
      fields.begin(), fields.end(), before_.begin(), 0.0f, std::plus<>{},
      [](float a, float b) { return std::abs(a - b) / static_cast<float>(columns * rows); });
  const bool jumps = difference >= field_difference_min &&
                     difference >= times_usual_min * usual_difference_ &&
                     histogram_difference(fields, before_) >= histogram_difference_min;
  const bool cut = !same_size || jumps;
  usual_difference_ =
      cut ? 0 : usual_difference_ + usual_share_of_new * (difference - usual_difference_);
  size_ = image.size();
  before_ = fields;
  return cut;
}

}  // namespace faceveil
