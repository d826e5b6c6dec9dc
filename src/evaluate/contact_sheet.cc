#include "evaluate/contact_sheet.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>

#include "base/check.h"
#include "evaluate/summary.h"

namespace faceveil {
namespace {

constexpr int tile_px = 112, gap_px = 4;
constexpr int pitch_px = tile_px + gap_px;
constexpr float margin_share = 0.5f;

using Rgb = std::array<uint8_t, 3>;
constexpr Rgb outside_colour = {200, 200, 200};
constexpr Rgb box_colour = {0, 200, 80};

// The square of the picture that a tile shows.
Rect cut_out_of(const Rect& face) {
  const float side = longer_side(face) * (1 + 2 * margin_share);
  return {face.x + (face.width - side) / 2, face.y + (face.height - side) / 2, side, side};
}

// The mean of the pixels that [left, right) x [top, bottom) touches, which are at least one.
Rgb mean_colour(const Image& picture, const Rect& area) {
  const auto begin = [](float low) { return static_cast<int>(std::floor(low)); };
  const auto end = [&](float low, float high) {
    return std::max(begin(low) + 1, static_cast<int>(std::floor(high)));
  };
  const int x_begin = std::max(begin(area.x), 0), y_begin = std::max(begin(area.y), 0);
  const int x_end = std::min(end(area.x, area.right()), picture.size().width);
  const int y_end = std::min(end(area.y, area.bottom()), picture.size().height);
  if (x_begin >= x_end || y_begin >= y_end) return outside_colour;
  std::array<int64_t, 3> sum = {};
  for (int y = y_begin; y < y_end; ++y) {
    const uint8_t* pixel = picture.row<uint8_t>(y) + ptrdiff_t{3} * x_begin;
    for (int x = x_begin; x < x_end; ++x) {
      for (size_t c = 0; c < 3; ++c) sum[c] += *pixel++;
    }
  }
  const int64_t count = int64_t{x_end - x_begin} * (y_end - y_begin);
  Rgb mean;
  for (size_t c = 0; c < 3; ++c) mean[c] = static_cast<uint8_t>((sum[c] + count / 2) / count);
  return mean;
}

void set_pixel(Image& sheet, int x, int y, const Rgb& colour) {
  std::memcpy(sheet.row<uint8_t>(y) + ptrdiff_t{3} * x, colour.data(), colour.size());
}

// The labelled box takes the same place in every tile but for its proportions.
void draw_box(Image& sheet, int tile_x, int tile_y, const Rect& face) {
  const float scale = static_cast<float>(tile_px) / cut_out_of(face).width;
  const int half_width = std::max(1, static_cast<int>(face.width * scale / 2));
  const int half_height = std::max(1, static_cast<int>(face.height * scale / 2));
  const int middle_x = tile_x + tile_px / 2, middle_y = tile_y + tile_px / 2;
  for (int x = middle_x - half_width; x <= middle_x + half_width; ++x) {
    set_pixel(sheet, x, middle_y - half_height, box_colour);
    set_pixel(sheet, x, middle_y + half_height, box_colour);
  }
  for (int y = middle_y - half_height; y <= middle_y + half_height; ++y) {
    set_pixel(sheet, middle_x - half_width, y, box_colour);
    set_pixel(sheet, middle_x + half_width, y, box_colour);
  }
}

}  // namespace

Result<ContactSheet> ContactSheet::create(size_t count) {
  CHECK(count > 0);
  // A little wider than high, as screens are.
  const int columns =
      std::max(1, static_cast<int>(std::ceil(std::sqrt(static_cast<double>(count) * 1.6))));
  const int rows =
      static_cast<int>((count + static_cast<size_t>(columns) - 1) / static_cast<size_t>(columns));
  Image sheet = TRY(
      Image::create(PixelFormat::rgb8, {columns * pitch_px + gap_px, rows * pitch_px + gap_px}));
  std::memset(sheet.data(), 0xff, sheet.size_bytes());
  return ContactSheet(std::move(sheet), columns);
}

void ContactSheet::place(size_t index, const Image& picture, const Rect& face) {
  CHECK(picture.format() == PixelFormat::rgb8 && face.width > 0 && face.height > 0);
  const int tile_x = gap_px + static_cast<int>(index % static_cast<size_t>(columns_)) * pitch_px;
  const int tile_y = gap_px + static_cast<int>(index / static_cast<size_t>(columns_)) * pitch_px;
  const Rect cut_out = cut_out_of(face);
  const float step = cut_out.width / tile_px;
  for (int y = 0; y < tile_px; ++y) {
    for (int x = 0; x < tile_px; ++x) {
      const Rect area = {cut_out.x + static_cast<float>(x) * step,
                         cut_out.y + static_cast<float>(y) * step, step, step};
      set_pixel(sheet_, tile_x + x, tile_y + y, mean_colour(picture, area));
    }
  }
  draw_box(sheet_, tile_x, tile_y, face);
}

}  // namespace faceveil
