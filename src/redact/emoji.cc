#include "redact/emoji.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "redact/lay_over.h"

namespace faceveil {
namespace {

// All shapes are given in units of the face's radius, origin in its middle, y downwards.
struct Ellipse {
  float x, y, half_width, half_height;
};

constexpr Ellipse rim = {0, 0, 1, 1};
constexpr Ellipse skin = {0, 0, 0.94f, 0.94f};
constexpr Ellipse eye = {0.33f, -0.2f, 0.115f, 0.17f};  // The right one; the left is its mirror.
constexpr Ellipse glint = {-0.035f, -0.07f, 0.042f, 0.05f};  // From the eye's middle.
constexpr Ellipse cheek = {0.62f, 0.16f, 0.21f, 0.15f};
constexpr float smile_y = -0.06f, smile_radius = 0.56f, smile_half_line = 0.05f;
constexpr float smile_half_angle = 58 * std::numbers::pi_v<float> / 180;

constexpr Colour rim_colour = {0.87f, 0.58f, 0.10f};
constexpr Colour skin_light = {1.0f, 0.89f, 0.45f}, skin_dark = {0.99f, 0.74f, 0.19f};
constexpr Colour dark = {0.29f, 0.18f, 0.10f};
constexpr Colour white = {1, 1, 1};
constexpr Colour blush = {0.98f, 0.50f, 0.36f};

// How far outside of the ellipse a point lies, to first order: the implicit function over the
// length of its gradient. Exact at the rim, which is all that a coverage asks for.
float distance_to(const Ellipse& shape, Point p) {
  const float u = (p.x - shape.x) / shape.half_width, v = (p.y - shape.y) / shape.half_height;
  const float value = u * u + v * v - 1;
  const float slope = 2 * std::hypot(u / shape.half_width, v / shape.half_height);
  return slope > 0 ? value / slope : -std::min(shape.half_width, shape.half_height);
}

// A line along the lower part of a circle, with round ends.
float distance_to_smile(Point p) {
  const Point from_middle = {std::abs(p.x), p.y - smile_y};
  const float angle = std::atan2(from_middle.x, from_middle.y);  // 0: straight down.
  if (angle <= smile_half_angle) {
    return std::abs(std::hypot(from_middle.x, from_middle.y) - smile_radius) - smile_half_line;
  }
  return std::hypot(from_middle.x - smile_radius * std::sin(smile_half_angle),
                    from_middle.y - smile_radius * std::cos(smile_half_angle)) -
         smile_half_line;
}

Colour mix(const Colour& a, const Colour& b, float t) {
  return {a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1]), a[2] + t * (b[2] - a[2])};
}

// The face in its own units, drawn for pixels of 1 / radius_px: a shape's rim takes one pixel to
// fade.
class Face {
 public:
  explicit Face(float radius_px) : radius_px_(radius_px) {}

  Tint at(Point p) const {
    Tint tint = filled(rim_colour, distance_to(rim, p));
    tint = over(filled(skin_at(p), distance_to(skin, p)), tint);
    const Point mirrored = {std::abs(p.x), p.y};
    tint = over(cheek_at(mirrored), tint);
    tint = over(filled(dark, distance_to(eye, mirrored)), tint);
    tint = over(filled(white, distance_to(glint, glint_point(p))), tint);
    return over(filled(dark, distance_to_smile(p)), tint);
  }

 private:
  Tint filled(const Colour& colour, float distance) const {
    return tinted(colour, std::clamp(0.5f - distance * radius_px_, 0.0f, 1.0f));
  }

  static Tint tinted(const Colour& colour, float coverage) {
    return {{colour[0] * coverage, colour[1] * coverage, colour[2] * coverage}, coverage};
  }

  // Light from the upper left.
  static Colour skin_at(Point p) {
    return mix(skin_light, skin_dark, std::min(1.0f, std::hypot(p.x + 0.3f, p.y + 0.4f) / 1.4f));
  }

  // Fades from its middle, so that it has no rim.
  static Tint cheek_at(Point p) {
    const float u = (p.x - cheek.x) / cheek.half_width, v = (p.y - cheek.y) / cheek.half_height;
    const float inside = std::max(0.0f, 1 - u * u - v * v);
    return tinted(blush, 0.6f * inside);
  }

  // Both glints lie on the same side of their eye: the light does not mirror.
  static Point glint_point(Point p) { return {p.x - (p.x < 0 ? -eye.x : eye.x), p.y - eye.y}; }

  float radius_px_;
};

}  // namespace

void paint_emoji(Image& image, const Region& region, const std::vector<Span>& spans) {
  const Rect& box = region.box;
  const Point middle = {box.x + box.width / 2, box.y + box.height / 2};
  const float radius_px = std::min(box.width, box.height) / 2;
  const Face face(radius_px);
  lay_over(image, spans, [&](int x, int y) {
    return face.at({(static_cast<float>(x) + 0.5f - middle.x) / radius_px,
                    (static_cast<float>(y) + 0.5f - middle.y) / radius_px});
  });
}

}  // namespace faceveil
