#include "tests/support/residual_measure.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <opencv2/core.hpp>
#include <set>
#include <string>

#include "base/check.h"
#include "media/image.h"
#include "redact/cover.h"
#include "redact/paint.h"
#include "redact/region_spans.h"
#include "tests/support/drawn_pictures.h"

namespace faceveil::test {
namespace {

constexpr double least_seen = 1.0 / 255;
constexpr int random_contents = 12;

// The region in the middle of a picture with room around it.
Size picture_around(const Region& square) {
  return {static_cast<int>(square.box.width) * 2, static_cast<int>(square.box.height) * 2};
}

const Cover& any_cover() {
  static const Cover cover = Cover::create(noise_picture(PixelFormat::rgba8, {50, 70}, 1)).value();
  return cover;
}

Image painted(Image image, const Region& region) {
  CHECK(paint(image, std::span(&region, 1), &any_cover()).has_value());
  return image;
}

// One picture a content: the same around the region, noise in it.
std::vector<Image> painted_contents(const Region& square) {
  std::vector<Image> pictures;
  const Size size = picture_around(square);
  for (uint32_t seed = 0; seed < random_contents; ++seed) {
    Image image = gradient_picture(PixelFormat::rgb8, size);
    const Image noise = noise_picture(PixelFormat::rgb8, size, seed);
    for (const Span& span : spans_of(square, size)) {
      std::memcpy(image.row<uint8_t>(span.y) + span.x_begin * 3,
                  noise.row<uint8_t>(span.y) + span.x_begin * 3,
                  static_cast<size_t>(span.x_end - span.x_begin) * 3);
    }
    pictures.push_back(painted(std::move(image), square));
  }
  return pictures;
}

}  // namespace

Region square_region(Effect effect, float face_width_px) {
  Region region;
  const float side = std::round(face_width_px * 1.4f);
  const float corner = std::floor(side / 2), margin = std::round((side - face_width_px) / 2);
  region.box = {corner, corner, side, side};
  region.face = {corner + margin, corner + margin, face_width_px, face_width_px};
  region.shape = Shape::rectangle;
  region.effect = effect;
  return region;
}

// 16 bits, so that rounding does not hide the small values. A white column is the same in every
// row, so a low band of the region, in a low picture, has the same rows: the axes are separable.
Operator painted_operator(const Region& square) {
  const int begin = static_cast<int>(square.box.x), side = static_cast<int>(square.box.width);
  const Size size = {picture_around(square).width, 9};
  Region band = square;
  band.box.y = 3, band.box.height = 3;
  Operator op{side, std::vector<double>(static_cast<size_t>(side) * static_cast<size_t>(side))};
  for (int column = 0; column < side; ++column) {
    Image image = Image::create(PixelFormat::gray16, size).value();
    for (int y = 0; y < size.height; ++y) image.row<uint16_t>(y)[begin + column] = 65'535;
    image = painted(std::move(image), band);
    for (int row = 0; row < side; ++row) {
      op.values[static_cast<size_t>(row) * static_cast<size_t>(side) +
                static_cast<size_t>(column)] = image.row<uint16_t>(4)[begin + row] / 65'535.0;
    }
  }
  return op;
}

Operator kernel_operator(const std::vector<double>& kernel, int side) {
  Operator op{side, std::vector<double>(static_cast<size_t>(side) * static_cast<size_t>(side))};
  const int reach = static_cast<int>(kernel.size()) / 2;
  for (int row = 0; row < side; ++row) {
    for (int i = 0; i < static_cast<int>(kernel.size()); ++i) {
      const int column = row + i - reach;
      if (column < 0 || column >= side) continue;
      op.values[static_cast<size_t>(row) * static_cast<size_t>(side) +
                static_cast<size_t>(column)] = kernel[static_cast<size_t>(i)];
    }
  }
  return op;
}

std::vector<double> gaussian_kernel(double sigma, int size) {
  std::vector<double> kernel(static_cast<size_t>(size));
  double sum = 0;
  for (int i = 0; i < size; ++i) {
    const double distance = i - (size - 1) / 2.0;
    sum += kernel[static_cast<size_t>(i)] = std::exp(-distance * distance / (2 * sigma * sigma));
  }
  for (double& value : kernel) value /= sum;
  return kernel;
}

double equivalent_side(const Operator& op) {
  cv::Mat values;
  cv::SVD::compute(cv::Mat(op.side, op.side, CV_64F, const_cast<double*>(op.values.data())), values,
                   cv::SVD::NO_UV);
  int64_t count = 0;
  for (int i = 0; i < values.rows; ++i) {
    for (int j = 0; j < values.rows; ++j) {
      count += values.at<double>(i) * values.at<double>(j) >= least_seen;
    }
  }
  return std::sqrt(static_cast<double>(count));
}

double independent_side(const Region& square) {
  const std::vector<Image> pictures = painted_contents(square);
  // A pixel's colours in all pictures: pixels of a group share them.
  std::set<std::string> groups;
  for (const Span& span : spans_of(square, pictures[0].size())) {
    for (int x = span.x_begin; x < span.x_end; ++x) {
      std::string colours;
      for (const Image& picture : pictures) {
        const uint8_t* pixel = picture.row<uint8_t>(span.y) + x * 3;
        colours.append(pixel, pixel + 3);
      }
      const bool same_for_all = std::equal(colours.begin() + 3, colours.end(), colours.begin());
      if (!same_for_all) groups.insert(colours);
    }
  }
  return std::sqrt(static_cast<double>(groups.size()));
}

}  // namespace faceveil::test
