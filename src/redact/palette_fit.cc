#include "redact/palette_fit.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <limits>
#include <map>
#include <set>
#include <vector>

namespace faceveil {
namespace {

constexpr size_t colours_max = 256;

// The samples of a pixel; unused ones are 0. Ordered, so that results depend on colours only.
using PaletteColour = std::array<uint8_t, 4>;

template <typename Work>
void for_each_pixel(Image& image, const Work& work) {
  const ptrdiff_t channels = image.channels();
  for (int y = 0; y < image.size().height; ++y) {
    uint8_t* pixel = image.row<uint8_t>(y);
    for (int x = 0; x < image.size().width; ++x, pixel += channels) work(x, y, pixel);
  }
}

PaletteColour colour_at(const uint8_t* pixel, int channels) {
  PaletteColour colour{};
  std::copy_n(pixel, channels, colour.begin());
  return colour;
}

// The middle of those colours that agree in all but their `bits` lowest bits.
PaletteColour coarse(PaletteColour colour, int bits, int colour_channels) {
  for (int c = 0; c < colour_channels; ++c) {
    uint8_t& sample = colour[static_cast<size_t>(c)];
    const int cell = sample >> bits << bits;
    sample = static_cast<uint8_t>(cell + (1 << bits) / 2);
  }
  return colour;
}

int distance(const PaletteColour& a, const PaletteColour& b) {
  int sum = 0;
  for (size_t c = 0; c < a.size(); ++c) sum += (a[c] - b[c]) * (a[c] - b[c]);
  return sum;
}

const PaletteColour& nearest(const std::set<PaletteColour>& palette, const PaletteColour& wanted) {
  return *std::ranges::min_element(
      palette, {}, [&](const PaletteColour& colour) { return distance(colour, wanted); });
}

// `seen` and as fine a selection of the colours in `painted` as there is room for.
std::set<PaletteColour> common_palette(const std::set<PaletteColour>& seen,
                                       const std::set<PaletteColour>& painted,
                                       int colour_channels) {
  for (int bits = 0; bits < 8; ++bits) {
    std::set<PaletteColour> palette = seen;
    for (const PaletteColour& colour : painted) {
      palette.insert(bits == 0 ? colour : coarse(colour, bits, colour_channels));
      if (palette.size() > colours_max) break;
    }
    if (palette.size() <= colours_max) return palette;
  }
  return seen;
}

}  // namespace

void fit_palette(Image& image, const HiddenMap& hidden) {
  if (bytes_per_sample(image.format()) != 1) return;
  const int channels = image.channels();
  std::set<PaletteColour> seen;
  std::map<PaletteColour, PaletteColour> painted;
  bool fits = true;
  for_each_pixel(image, [&](int x, int y, const uint8_t* pixel) {
    if (!hidden.is_visible(x, y)) {
      painted.try_emplace(colour_at(pixel, channels));
    } else if (fits) {
      seen.insert(colour_at(pixel, channels));
      fits = seen.size() <= colours_max;
    }
  });
  if (!fits || painted.empty()) return;
  std::set<PaletteColour> wanted;
  for (const auto& [colour, replaced] : painted) wanted.insert(colour);
  const int colour_channels = channels - (has_alpha(image.format()) ? 1 : 0);
  const std::set<PaletteColour> palette = common_palette(seen, wanted, colour_channels);
  for (auto& [colour, replaced] : painted) replaced = nearest(palette, colour);
  for_each_pixel(image, [&](int x, int y, uint8_t* pixel) {
    if (hidden.is_visible(x, y)) return;
    std::copy_n(painted[colour_at(pixel, channels)].begin(), channels, pixel);
  });
}

}  // namespace faceveil
