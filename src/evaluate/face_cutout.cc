#include "evaluate/face_cutout.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "evaluate/drawn_lots.h"
#include "media/reduce.h"

namespace faceveil {
namespace {

constexpr int drawn_side_px = 256;
constexpr Rect drawn_face_box = {38, 38, 180, 190};  // Brow to chin, ear to ear.
constexpr double softness = 0.02;                    // Of a part's border, in its radii.

using Colour = std::array<double, 3>;

Colour times(const Colour& colour, double share) {
  return {colour[0] * share, colour[1] * share, colour[2] * share};
}

// An ellipse with a soft border laid over what is there; centre and radii as shares of the picture.
void lay(Image& image, double cx, double cy, double rx, double ry, const Colour& colour) {
  const auto [width, height] = image.size();
  for (int y = 0; y < height; ++y) {
    auto* pixel = image.row<uint8_t>(y);
    for (int x = 0; x < width; ++x, pixel += 4) {
      const double u = ((x + 0.5) / width - cx) / rx, v = ((y + 0.5) / height - cy) / ry;
      const double inside = std::clamp((1 - std::hypot(u, v)) / softness, 0.0, 1.0);
      if (inside <= 0) continue;
      // Rounder with a little light from the upper left.
      const double light = 1 - 0.10 * (u + v);
      for (int c = 0; c < 3; ++c) {
        const double lit = std::min(255.0, colour[c] * light);
        const double under = pixel[3] == 0 ? lit : pixel[c];
        pixel[c] = static_cast<uint8_t>(std::lround(under + inside * (lit - under)));
      }
      pixel[3] = std::max(pixel[3], static_cast<uint8_t>(std::lround(255 * inside)));
    }
  }
}

Colour drawn_skin(DrawnLots& lots) { return times({236, 190, 160}, lots.between(0.45, 1.0)); }

void lay_eye(Image& image, double x, double y, double size, const Colour& dark,
             const Colour& skin) {
  lay(image, x, y, 0.075 * size, 0.042 * size, times(skin, 0.8));
  lay(image, x, y, 0.062 * size, 0.032 * size, {245, 245, 245});
  lay(image, x, y, 0.030 * size, 0.031 * size, dark);
  lay(image, x, y - 0.085, 0.082 * size, 0.016 * size, dark);  // Brow.
}

}  // namespace

Result<FaceCutout> drawn_face(uint64_t seed) {
  DrawnLots lots(seed);
  FaceCutout made{TRY(Image::create(PixelFormat::rgba8, {drawn_side_px, drawn_side_px})),
                  drawn_face_box};
  const Colour skin = drawn_skin(lots);
  const Colour hair = times({90, 62, 45}, lots.between(0.3, 1.6));
  const Colour dark = times({70, 50, 40}, lots.between(0.5, 1.1));
  const double apart = lots.between(0.125, 0.145), size = lots.between(0.9, 1.15);
  lay(made.image, 0.5, 0.44, 0.40, 0.42, hair);
  lay(made.image, 0.5, 0.53, 0.33, 0.39, skin);
  lay_eye(made.image, 0.5 - apart, 0.47, size, dark, skin);
  lay_eye(made.image, 0.5 + apart, 0.47, size, dark, skin);
  lay(made.image, 0.5, 0.58, 0.035, 0.085, times(skin, 0.9));  // Nose.
  lay(made.image, 0.475, 0.645, 0.014, 0.010, times(skin, 0.5));
  lay(made.image, 0.525, 0.645, 0.014, 0.010, times(skin, 0.5));
  lay(made.image, 0.5, 0.745, 0.11 * size, 0.030 * size, {165, 75, 75});  // Mouth.
  lay(made.image, 0.5, 0.743, 0.10 * size, 0.006, {95, 40, 40});
  return made;
}

Result<FaceCutout> cut_face(const Image& picture) {
  const Image flat = TRY(flattened_on_white(picture));
  const Image bytes = TRY(reduced_to_8_bits(flat));
  const Image colour = TRY(expanded_to_colour(bytes));
  const auto [width, height] = colour.size();
  FaceCutout made{TRY(Image::create(PixelFormat::rgba8, colour.size())),
                  {0, 0, static_cast<float>(width), static_cast<float>(height)}};
  for (int y = 0; y < height; ++y) {
    const auto* from = colour.row<uint8_t>(y);
    auto* to = made.image.row<uint8_t>(y);
    for (int x = 0; x < width; ++x, from += 3, to += 4) {
      const double distance = std::hypot(2 * (x + 0.5) / width - 1, 2 * (y + 0.5) / height - 1);
      std::copy_n(from, 3, to);
      to[3] = static_cast<uint8_t>(std::lround(255 * std::clamp((1 - distance) * 10, 0.0, 1.0)));
    }
  }
  return made;
}

}  // namespace faceveil
