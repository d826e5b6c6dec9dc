#include "redact/cover.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace faceveil {
namespace {

constexpr int side_px_max = 1024;

template <typename Sample>
Tint read_tint(const Sample* pixel, int channels) {
  Tint tint{read_colour(pixel, channels), 1};
  if (channels % 2 == 0) {
    tint.coverage = static_cast<float>(pixel[channels - 1]) / sample_max<Sample>;
    for (float& value : tint.colour) value *= tint.coverage;
  }
  return tint;
}

void add(Tint& sum, const Tint& tint, float weight) {
  for (size_t c = 0; c < 3; ++c) sum.colour[c] += weight * tint.colour[c];
  sum.coverage += weight * tint.coverage;
}

// A level of `factor` x `factor` pixels each, by tint_at(x, y) of a picture of `size`. At the
// right and lower border the mean is over what is there.
template <typename TintAt>
Cover::Level shrunk(Size size, int factor, const TintAt& tint_at) {
  Cover::Level level;
  level.size = {(size.width + factor - 1) / factor, (size.height + factor - 1) / factor};
  level.pixels.reserve(static_cast<size_t>(level.size.width) *
                       static_cast<size_t>(level.size.height));
  for (int top = 0; top < size.height; top += factor) {
    for (int left = 0; left < size.width; left += factor) {
      const int bottom = std::min(top + factor, size.height);
      const int right = std::min(left + factor, size.width);
      const float weight = 1 / static_cast<float>((bottom - top) * (right - left));
      Tint sum;
      for (int y = top; y < bottom; ++y) {
        for (int x = left; x < right; ++x) add(sum, tint_at(x, y), weight);
      }
      level.pixels.push_back(sum);
    }
  }
  return level;
}

Cover::Level base_level(const Image& image) {
  const int longer = std::max(image.size().width, image.size().height);
  const int factor = (longer + side_px_max - 1) / side_px_max;
  return with_sample_type(image.format(), [&]<typename Sample>(Sample) {
    const int channels = image.channels();
    return shrunk(image.size(), factor, [&](int x, int y) {
      return read_tint(image.row<Sample>(y) + ptrdiff_t{x} * channels, channels);
    });
  });
}

Cover::Level half_of(const Cover::Level& level) {
  return shrunk(level.size, 2, [&](int x, int y) {
    return level.pixels[static_cast<size_t>(y) * static_cast<size_t>(level.size.width) +
                        static_cast<size_t>(x)];
  });
}

// How much of pixel `i` lies within [from, to).
float overlap(int i, float from, float to) {
  const auto begin = static_cast<float>(i);
  return std::max(0.0f, std::min(to, begin + 1) - std::max(from, begin));
}

// The whole pixels that [from, to) touches, within [0, end).
std::pair<int, int> touched(float from, float to, int end) {
  const auto high = static_cast<float>(end);
  return {static_cast<int>(std::clamp(std::floor(from), 0.0f, high)),
          static_cast<int>(std::clamp(std::ceil(to), 0.0f, high))};
}

}  // namespace

Result<Cover> Cover::create(const Image& image) {
  TRY(Image::check(image.format(), image.size()));
  std::vector<Level> levels = {base_level(image)};
  while (std::max(levels.back().size.width, levels.back().size.height) > 1) {
    levels.push_back(half_of(levels.back()));
  }
  return Cover(std::move(levels));
}

Tint Cover::Level::mean_around(Point middle, float side_px) const {
  const float left = middle.x - side_px / 2, right = middle.x + side_px / 2;
  const float top = middle.y - side_px / 2, bottom = middle.y + side_px / 2;
  const auto [x_begin, x_end] = touched(left, right, size.width);
  const auto [y_begin, y_end] = touched(top, bottom, size.height);
  Tint sum;
  for (int y = y_begin; y < y_end; ++y) {
    const Tint* row = pixels.data() + ptrdiff_t{y} * size.width;
    const float height = overlap(y, top, bottom);
    for (int x = x_begin; x < x_end; ++x) {
      add(sum, row[x], overlap(x, left, right) * height / (side_px * side_px));
    }
  }
  return sum;
}

const Cover::Level& Cover::level_for(float scale) const {
  size_t level = 0;
  for (float rest = scale; rest >= 2 && level + 1 < levels_.size(); rest /= 2) ++level;
  return levels_[level];
}

void paint_cover(Image& image, const Region& region, const std::vector<Span>& spans,
                 const Cover& cover) {
  const Rect& box = region.box;
  const auto width = static_cast<float>(cover.size().width);
  const auto height = static_cast<float>(cover.size().height);
  const float scale = std::max(width / box.width, height / box.height);
  const Cover::Level& level = cover.level_for(scale);
  // Pixels of the level for one of the picture; levels of odd sizes are not quite halves.
  const float across = scale * static_cast<float>(level.size.width) / width;
  const float down = scale * static_cast<float>(level.size.height) / height;
  // A square no smaller than a pixel: where the cover is enlarged, this is bilinear interpolation.
  const float side_px = std::max({across, down, 1.0f});
  lay_over(image, spans, [&](int x, int y) {
    const float from_middle_x = static_cast<float>(x) + 0.5f - box.x - box.width / 2;
    const float from_middle_y = static_cast<float>(y) + 0.5f - box.y - box.height / 2;
    return level.mean_around({static_cast<float>(level.size.width) / 2 + across * from_middle_x,
                              static_cast<float>(level.size.height) / 2 + down * from_middle_y},
                             side_px);
  });
}

}  // namespace faceveil
