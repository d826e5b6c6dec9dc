#include "tests/support/drawn_pictures.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <random>

#include "base/check.h"

namespace faceveil::test {
namespace {

Image blank(PixelFormat format, Size size) {
  auto image = Image::create(format, size);
  CHECK(image.has_value());
  return std::move(*image);
}

template <typename Sample>
void fill_gradient(Image& image) {
  const int channels = image.channels();
  const auto [width, height] = image.size();
  const double maximum = static_cast<double>(static_cast<Sample>(~Sample{0}));
  for (int y = 0; y < height; ++y) {
    Sample* row = image.row<Sample>(y);
    for (int x = 0; x < width; ++x) {
      const double u = (x + 0.5) / width, v = (y + 0.5) / height;
      const double stripe = (u > 0.6 && v < 0.3) ? 0.2 : 0.0;
      const double values[4] = {0.1 + 0.7 * u + stripe, 0.15 + 0.6 * v,
                                0.2 + 0.5 * (1 - u) * v + stripe, 0.5 + 0.5 * v};
      for (int c = 0; c < channels; ++c) {
        const bool alpha = has_alpha(image.format()) && c == channels - 1;
        row[x * channels + c] = static_cast<Sample>(maximum * std::min(1.0, values[alpha ? 3 : c]));
      }
    }
  }
}

struct Colour {
  uint8_t r, g, b;
};

void fill_ellipse(Image& image, double cx, double cy, double rx, double ry, Colour colour) {
  const auto [width, height] = image.size();
  const int top = std::max(0, static_cast<int>(cy - ry)),
            left = std::max(0, static_cast<int>(cx - rx));
  const int bottom = std::min(height - 1, static_cast<int>(cy + ry + 1));
  const int right = std::min(width - 1, static_cast<int>(cx + rx + 1));
  for (int y = top; y <= bottom; ++y) {
    for (int x = left; x <= right; ++x) {
      const double dx = (x + 0.5 - cx) / rx, dy = (y + 0.5 - cy) / ry;
      if (dx * dx + dy * dy > 1) continue;
      uint8_t* pixel = image.row<uint8_t>(y) + x * 3;
      pixel[0] = colour.r, pixel[1] = colour.g, pixel[2] = colour.b;
    }
  }
}

}  // namespace

Image noise_picture(PixelFormat format, Size size, uint32_t seed) {
  Image image = blank(format, size);
  std::mt19937 random(seed);
  for (size_t i = 0; i < image.size_bytes(); ++i)
    image.data()[i] = static_cast<std::byte>(random());
  return image;
}

Image gradient_picture(PixelFormat format, Size size) {
  Image image = blank(format, size);
  if (bytes_per_sample(format) == 1) {
    fill_gradient<uint8_t>(image);
  } else {
    fill_gradient<uint16_t>(image);
  }
  return image;
}

void draw_face(Image& image, Rect face) {
  CHECK(image.format() == PixelFormat::rgb8);
  const auto part = [&](double cx, double cy, double rx, double ry, Colour colour) {
    fill_ellipse(image, face.x + cx * face.width, face.y + cy * face.height, rx * face.width,
                 ry * face.height, colour);
  };
  part(0.50, 0.42, 0.50, 0.52, {60, 40, 30});     // hair
  part(0.50, 0.55, 0.40, 0.47, {224, 180, 150});  // head
  part(0.32, 0.40, 0.11, 0.02, {70, 45, 35});     // brows
  part(0.68, 0.40, 0.11, 0.02, {70, 45, 35});
  part(0.32, 0.48, 0.09, 0.045, {250, 250, 250});  // eyes
  part(0.68, 0.48, 0.09, 0.045, {250, 250, 250});
  part(0.32, 0.48, 0.04, 0.042, {50, 35, 30});
  part(0.68, 0.48, 0.04, 0.042, {50, 35, 30});
  part(0.50, 0.60, 0.05, 0.10, {205, 155, 128});  // nose
  part(0.46, 0.68, 0.02, 0.012, {120, 70, 60});
  part(0.54, 0.68, 0.02, 0.012, {120, 70, 60});
  part(0.50, 0.80, 0.15, 0.04, {170, 70, 70});  // mouth
}

double largest_difference(const Image& a, const Image& b) {
  if (a.size() != b.size() || a.format() != b.format()) return 1;
  double largest = 0;
  const bool wide = bytes_per_sample(a.format()) == 2;
  const auto count = static_cast<ptrdiff_t>(a.size_bytes()) / (wide ? 2 : 1);
  for (ptrdiff_t i = 0; i < count; ++i) {
    const double difference =
        wide ? std::abs(a.row<uint16_t>(0)[i] - b.row<uint16_t>(0)[i]) / 65535.0
             : std::abs(a.row<uint8_t>(0)[i] - b.row<uint8_t>(0)[i]) / 255.0;
    largest = std::max(largest, difference);
  }
  return largest;
}

}  // namespace faceveil::test
