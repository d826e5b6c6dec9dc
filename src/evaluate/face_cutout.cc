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
constexpr float head_grow = 0.25f;                   // Of a labelled face, at each side.
constexpr float head_face_px_min = 60;
constexpr double grey_spread_max = 4;  // From the least to the most of a pixel's colours, mean.
constexpr double softness = 0.02;      // Of a part's border, in its radii.

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

namespace {

bool is_grey(const Image& rgb8) {
  double sum = 0;
  for (int y = 0; y < rgb8.size().height; ++y) {
    const auto* pixel = rgb8.row<uint8_t>(y);
    for (int x = 0; x < rgb8.size().width; ++x, pixel += 3) {
      const auto [least, most] = std::minmax({pixel[0], pixel[1], pixel[2]});
      sum += most - least;
    }
  }
  const double pixels = static_cast<double>(rgb8.size().width) * rgb8.size().height;
  return sum < grey_spread_max * pixels;
}

// The inscribed ellipse of a window of the picture.
Result<Image> ellipse_of(const Image& rgb8, int left, int top, Size size) {
  Image cut = TRY(Image::create(PixelFormat::rgba8, size));
  const auto [width, height] = size;
  for (int y = 0; y < height; ++y) {
    const auto* from = rgb8.row<uint8_t>(top + y) + ptrdiff_t{left} * 3;
    auto* to = cut.row<uint8_t>(y);
    for (int x = 0; x < width; ++x, from += 3, to += 4) {
      const double distance = std::hypot(2 * (x + 0.5) / width - 1, 2 * (y + 0.5) / height - 1);
      std::copy_n(from, 3, to);
      to[3] = static_cast<uint8_t>(std::lround(255 * std::clamp((1 - distance) * 10, 0.0, 1.0)));
    }
  }
  return cut;
}

}  // namespace

Result<FaceCutout> cut_face(const Image& picture) {
  const Image colour = TRY(as_rgb8(picture));
  const auto [width, height] = colour.size();
  return FaceCutout{TRY(ellipse_of(colour, 0, 0, colour.size())),
                    {0, 0, static_cast<float>(width), static_cast<float>(height)}};
}

Rect head_box(const Rect& face) { return grown(face, head_grow); }

Result<std::optional<FaceCutout>> cut_head(const Image& photograph, const Rect& face) {
  const Rect head = head_box(face);
  const int left = static_cast<int>(std::floor(head.x)), top = static_cast<int>(std::floor(head.y));
  const Size size{static_cast<int>(head.width), static_cast<int>(head.height)};
  const Size whole = photograph.size();
  if (std::min(face.width, face.height) < head_face_px_min || left < 0 || top < 0 ||
      left + size.width > whole.width || top + size.height > whole.height) {
    return std::nullopt;
  }
  const Image colour = TRY(as_rgb8(photograph));
  if (is_grey(colour)) return std::nullopt;
  const Rect inside{face.x - static_cast<float>(left), face.y - static_cast<float>(top), face.width,
                    face.height};
  return FaceCutout{TRY(ellipse_of(colour, left, top, size)), inside};
}

}  // namespace faceveil
