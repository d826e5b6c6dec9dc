#include "redact/mosaic.h"

#include <array>
#include <cmath>

#include "redact/colour.h"

namespace faceveil {
namespace {

// Which block a pixel belongs to. Blocks of a small face are at least 4 px wide: fewer, not finer.
struct Grid {
  PixelBox box;
  int across, down;

  explicit Grid(const PixelBox& b)
      : box(b),
        across(std::clamp(b.width / 4, 1, mosaic_blocks_max)),
        down(std::clamp(b.height / 4, 1, mosaic_blocks_max)) {}

  size_t block_at(int x, int y) const {
    const int column = (x - box.x) * across / box.width, row = (y - box.y) * down / box.height;
    return static_cast<size_t>(row) * mosaic_blocks_max + static_cast<size_t>(column);
  }
};

struct Sum {
  std::array<double, 3> total = {};
  int64_t count = 0;

  Colour mean_in_levels() const {
    Colour colour = {};
    for (size_t c = 0; c < 3 && count > 0; ++c) {
      const double mean = total[c] / static_cast<double>(count);
      colour[c] = static_cast<float>(std::round(mean * (mosaic_levels - 1)) / (mosaic_levels - 1));
    }
    return colour;
  }
};

constexpr size_t block_count_max = size_t{mosaic_blocks_max} * mosaic_blocks_max;
using Sums = std::array<Sum, block_count_max>;

template <typename Sample>
Sums sum_blocks(const Image& image, const std::vector<Span>& spans, const Grid& grid) {
  Sums sums;
  const int channels = image.channels();
  for (const Span& span : spans) {
    const Sample* row = image.row<Sample>(span.y);
    for (int x = span.x_begin; x < span.x_end; ++x) {
      const Colour colour = read_colour(row + ptrdiff_t{x} * channels, channels);
      Sum& sum = sums[grid.block_at(x, span.y)];
      for (size_t c = 0; c < 3; ++c) sum.total[c] += colour[c];
      ++sum.count;
    }
  }
  return sums;
}

}  // namespace

void paint_mosaic(Image& image, const std::vector<Span>& spans) {
  with_sample_type(image.format(), [&]<typename Sample>(Sample) {
    const Grid grid(bounding_box(spans));
    std::array<Colour, block_count_max> colours;
    const Sums sums = sum_blocks<Sample>(image, spans, grid);
    for (size_t i = 0; i < sums.size(); ++i) colours[i] = sums[i].mean_in_levels();
    const int channels = image.channels();
    for (const Span& span : spans) {
      Sample* row = image.row<Sample>(span.y);
      for (int x = span.x_begin; x < span.x_end; ++x) {
        write_colour(row + ptrdiff_t{x} * channels, channels, colours[grid.block_at(x, span.y)]);
      }
    }
  });
}

}  // namespace faceveil
