#include "detect/view.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

#include "base/check.h"

namespace faceveil {
namespace {

struct Turn {
  double cosine, sine;
};

// Exact for multiples of 90 degrees.
Turn turn_of(double angle_degrees) {
  const double quarters = angle_degrees / 90;
  if (quarters == std::floor(quarters)) {
    constexpr Turn turns[4] = {{1, 0}, {0, 1}, {-1, 0}, {0, -1}};
    const double quarter = std::fmod(quarters, 4);
    return turns[static_cast<int>(quarter < 0 ? quarter + 4 : quarter)];
  }
  const double angle = angle_degrees * std::numbers::pi / 180;
  return {std::cos(angle), std::sin(angle)};
}

bool is_right(const Turn& turn) { return turn.cosine == 0 || turn.sine == 0; }

int side_of(double length) { return std::max(1, static_cast<int>(std::ceil(length))); }

// The pixels of the level that the part of the canvas may show; empty when there are none.
Part shown(const ViewMap& map, const Part& part) {
  double left = map.level().width, right = 0, top = map.level().height, bottom = 0;
  for (const double x : {part.x, part.right()}) {
    for (const double y : {part.y, part.bottom()}) {
      left = std::min(left, map.level_x(x, y)), right = std::max(right, map.level_x(x, y));
      top = std::min(top, map.level_y(x, y)), bottom = std::max(bottom, map.level_y(x, y));
    }
  }
  // A bilinear neighbour lies at most one pixel further out.
  const int margin = map.is_exact() ? 0 : 1;
  const auto begin = [&](double place, int size) {
    return std::clamp(static_cast<int>(std::floor(place)) - margin, 0, size);
  };
  const auto end = [&](double place, int size) {
    return std::clamp(static_cast<int>(std::ceil(place)) + margin, 0, size);
  };
  const int x = begin(left, map.level().width), y = begin(top, map.level().height);
  return {x, y, {end(right, map.level().width) - x, end(bottom, map.level().height) - y}};
}

void copy_pixels(const Image& level, const Part& shown_part, const ViewMap& map, const Part& part,
                 Image& out) {
  for (int y = 0; y < part.size.height; ++y) {
    uint8_t* pixel = out.row<uint8_t>(y);
    for (int x = 0; x < part.size.width; ++x, pixel += rgb_channels) {
      const double canvas_x = part.x + x + 0.5, canvas_y = part.y + y + 0.5;
      const int column = static_cast<int>(map.level_x(canvas_x, canvas_y)) - shown_part.x;
      const int row = static_cast<int>(map.level_y(canvas_x, canvas_y)) - shown_part.y;
      std::copy_n(level.row<uint8_t>(row) + ptrdiff_t{column} * rgb_channels, rgb_channels, pixel);
    }
  }
}

// One pixel between four, the border repeated. `x`, `y`: its middle, in pixels of the whole level,
// of which `level` shows a part.
void mix_pixel(const Image& level, const Part& shown_part, double x, double y, uint8_t* pixel) {
  const double left = std::floor(x - 0.5), top = std::floor(y - 0.5);
  const auto right_weight = static_cast<float>(x - 0.5 - left);
  const auto lower_weight = static_cast<float>(y - 0.5 - top);
  const auto column = [&](double at) {
    return ptrdiff_t{std::clamp(static_cast<int>(at) - shown_part.x, 0, level.size().width - 1)} *
           rgb_channels;
  };
  const auto row = [&](double at) {
    return level.row<uint8_t>(
        std::clamp(static_cast<int>(at) - shown_part.y, 0, level.size().height - 1));
  };
  const uint8_t *upper = row(top), *lower = row(top + 1);
  const ptrdiff_t first = column(left), second = column(left + 1);
  for (int c = 0; c < rgb_channels; ++c) {
    const auto between = [&](const uint8_t* in) {
      const auto a = static_cast<float>(in[first + c]), b = static_cast<float>(in[second + c]);
      return a + (b - a) * right_weight;
    };
    const float a = between(upper), b = between(lower);
    pixel[c] = static_cast<uint8_t>(a + (b - a) * lower_weight + 0.5f);
  }
}

void mix_pixels(const Image& level, const Part& shown_part, const ViewMap& map, const Part& part,
                Image& out) {
  const double width = map.level().width, height = map.level().height;
  for (int y = 0; y < part.size.height; ++y) {
    uint8_t* pixel = out.row<uint8_t>(y);
    for (int x = 0; x < part.size.width; ++x, pixel += rgb_channels) {
      const double level_x = map.level_x(part.x + x + 0.5, part.y + y + 0.5);
      const double level_y = map.level_y(part.x + x + 0.5, part.y + y + 0.5);
      if (!(level_x >= 0 && level_x < width && level_y >= 0 && level_y < height)) continue;
      mix_pixel(level, shown_part, level_x, level_y, pixel);
    }
  }
}

}  // namespace

ViewMap::ViewMap(Size level, View view) : view_(view), level_(level), canvas_(level) {
  CHECK(level.width > 0 && level.height > 0 && std::isfinite(view.angle_degrees));
  const auto [cosine, sine] = turn_of(view.angle_degrees);
  const double width = level.width, height = level.height;
  is_exact_ = is_right({cosine, sine});
  canvas_ = {side_of(std::abs(width * cosine) + std::abs(height * sine)),
             side_of(std::abs(width * sine) + std::abs(height * cosine))};
  // Turned back around the middle, then mirrored back.
  const double sign = view.is_mirrored ? -1 : 1;
  xx_ = sign * cosine, xy_ = sign * sine;
  yx_ = -sine, yy_ = cosine;
  x0_ = width / 2 - xx_ * canvas_.width / 2 - xy_ * canvas_.height / 2;
  y0_ = height / 2 - yx_ * canvas_.width / 2 - yy_ * canvas_.height / 2;
}

Point ViewMap::to_level(Point p) const {
  return {static_cast<float>(level_x(p.x, p.y)), static_cast<float>(level_y(p.x, p.y))};
}

Rect ViewMap::to_level(const Rect& box) const {
  const Point middle = to_level(Point{box.x + box.width / 2, box.y + box.height / 2});
  float width = box.width, height = box.height;
  if (!is_exact_) {
    width = height = std::sqrt(box.area());
  } else if (xx_ == 0) {
    std::swap(width, height);
  }
  return {middle.x - width / 2, middle.y - height / 2, width, height};
}

Candidate ViewMap::to_level(const Candidate& seen) const {
  if (is_plain()) return seen;
  Candidate result = seen;
  result.box = to_level(seen.box);
  result.anchor = to_level(seen.anchor);
  if (!seen.keypoints) return result;
  Keypoints& points = *result.keypoints;
  for (Point& point : points) point = to_level(point);
  if (view_.is_mirrored) {
    std::swap(points[0], points[1]);
    std::swap(points[4], points[5]);
  }
  return result;
}

Result<Image> draw_view(const Halvings& picture, const ViewMap& map, const Part& part) {
  if (map.is_plain()) return picture.resample(map.level(), part);
  Image canvas = TRY(Image::create(PixelFormat::rgb8, part.size));
  const Part level_part = shown(map, part);
  if (level_part.size.width < 1 || level_part.size.height < 1) return canvas;
  const Image level = TRY(picture.resample(map.level(), level_part));
  if (map.is_exact()) {
    copy_pixels(level, level_part, map, part, canvas);
  } else {
    mix_pixels(level, level_part, map, part, canvas);
  }
  return canvas;
}

}  // namespace faceveil
