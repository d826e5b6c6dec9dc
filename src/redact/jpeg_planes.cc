#include "redact/jpeg_planes.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "media/ycc.h"
#include "redact/veil_shade.h"

namespace faceveil {
namespace {

constexpr int side = jpeg_block_side;

std::array<float, 3> to_components(std::array<float, 3> rgb, JpegColours colours) {
  if (colours == JpegColours::rgb) return rgb;
  return rgb_to_ycc(rgb);  // Of grey pictures only the first is used.
}

std::array<float, 3> shade_components(JpegColours colours) {
  return to_components({255 * neutral_shade[0], 255 * neutral_shade[1], 255 * neutral_shade[2]},
                       colours);
}

bool same_pixels(const Image& a, const Image& b, const PixelBox& box) {
  const auto bytes = static_cast<size_t>(box.width) * static_cast<size_t>(a.channels());
  for (int y = box.y; y < box.y + box.height; ++y) {
    const ptrdiff_t first = ptrdiff_t{box.x} * a.channels();
    if (std::memcmp(a.row<uint8_t>(y) + first, b.row<uint8_t>(y) + first, bytes) != 0) return false;
  }
  return true;
}

bool is_near(const McuSet& mcus, int x, int y) {
  for (int v = y - 1; v <= y + 1; ++v) {
    for (int u = x - 1; u <= x + 1; ++u) {
      if (mcus.has(u, v)) return true;
    }
  }
  return false;
}

}  // namespace

JpegPlanes::JpegPlanes(const JpegPicture& picture, const PixelBox& mcus)
    : colours_(picture.colours()),
      picture_(picture.stored_size()),
      mcus_(mcus),
      mcu_pixels_(picture.mcu_pixels()) {
  for (const JpegComponent& component : picture.components()) {
    const int across = component.mcu_blocks_across * side, down = component.mcu_blocks_down * side;
    planes_.push_back({component, mcus.x * across, mcus.y * down,
                       SamplePlane({mcus.width * across, mcus.height * down})});
  }
}

// Calls work(block_x, block_y, x, y) for the blocks of an MCU that the component has; x, y: the
// block's place in the plane.
template <typename Work>
void JpegPlanes::for_each_block(const Plane& plane, int mcu_x, int mcu_y, Work work) const {
  const JpegComponent& component = plane.component;
  const int left = mcu_x * component.mcu_blocks_across, top = mcu_y * component.mcu_blocks_down;
  const int right = std::min(left + component.mcu_blocks_across, component.blocks.width);
  const int bottom = std::min(top + component.mcu_blocks_down, component.blocks.height);
  for (int y = top; y < bottom; ++y) {
    for (int x = left; x < right; ++x) work(x, y, x * side - plane.x, y * side - plane.y);
  }
}

void JpegPlanes::read_mcu(const JpegPicture& picture, int mcu_x, int mcu_y) {
  for (size_t c = 0; c < planes_.size(); ++c) {
    Plane& plane = planes_[c];
    for_each_block(plane, mcu_x, mcu_y, [&](int block_x, int block_y, int x, int y) {
      const JpegSamples samples = picture.samples(c, block_x, block_y);
      const int width = std::min(side, plane.component.samples.width - block_x * side);
      const int height = std::min(side, plane.component.samples.height - block_y * side);
      for (int row = 0; row < height; ++row) {
        const size_t first = plane.samples.index(x, y + row);
        std::copy_n(samples.begin() + ptrdiff_t{row} * side, width,
                    plane.samples.values.begin() + static_cast<ptrdiff_t>(first));
        std::fill_n(plane.samples.cells.begin() + static_cast<ptrdiff_t>(first), width,
                    Cell::known);
      }
    });
  }
}

JpegPlanes JpegPlanes::filled(const JpegPicture& picture, const PixelBox& mcus,
                              const McuSet& touched, bool with_surroundings) {
  JpegPlanes planes(picture, mcus);
  for (int y = mcus.y; y < mcus.y + mcus.height; ++y) {
    for (int x = mcus.x; x < mcus.x + mcus.width; ++x) {
      if (touched.has(x, y)) {
        planes.want_mcu(x, y);
      } else if (with_surroundings || is_near(touched, x, y)) {
        planes.read_mcu(picture, x, y);
      }
    }
  }
  const std::array<float, 3> fallback = shade_components(planes.colours_);
  for (size_t c = 0; c < planes.planes_.size(); ++c) {
    fill_harmonically(planes.planes_[c].samples, fallback[c]);
  }
  return planes;
}

void JpegPlanes::want_mcu(int mcu_x, int mcu_y) {
  for (Plane& plane : planes_) {
    for_each_block(plane, mcu_x, mcu_y, [&](int block_x, int block_y, int x, int y) {
      const int width = std::min(side, plane.component.samples.width - block_x * side);
      const int height = std::min(side, plane.component.samples.height - block_y * side);
      for (int row = 0; row < height; ++row) {
        const auto first = static_cast<ptrdiff_t>(plane.samples.index(x, y + row));
        std::fill_n(plane.samples.cells.begin() + first, width, Cell::wanted);
      }
    });
  }
}

void JpegPlanes::shade(const Region& stored) {
  const std::array<float, 3> shade = shade_components(colours_);
  for (size_t c = 0; c < planes_.size(); ++c) {
    Plane& plane = planes_[c];
    const auto across = static_cast<float>(plane.component.pixels_across);
    const auto down = static_cast<float>(plane.component.pixels_down);
    const PixelBox box = samples_under(plane, stored.box);
    for (int y = box.y; y < box.y + box.height; ++y) {
      for (int x = box.x; x < box.x + box.width; ++x) {
        float& value = plane.samples.values[plane.samples.index(x, y)];
        const float share = shade_share(stored, (static_cast<float>(plane.x + x) + 0.5f) * across,
                                        (static_cast<float>(plane.y + y) + 0.5f) * down);
        value += share * (shade[c] - value);
      }
    }
  }
}

// Those samples of the plane that lie under a rectangle of the stored picture.
PixelBox JpegPlanes::samples_under(const Plane& plane, const Rect& rect) {
  const auto across = static_cast<float>(plane.component.pixels_across);
  const auto down = static_cast<float>(plane.component.pixels_down);
  const Size size = plane.samples.size;
  const auto clamped = [](float value, int first, int most) {
    return static_cast<int>(
        std::clamp(value - static_cast<float>(first), 0.0f, static_cast<float>(most)));
  };
  const int left = clamped(std::floor(rect.x / across), plane.x, size.width);
  const int top = clamped(std::floor(rect.y / down), plane.y, size.height);
  const int right = clamped(std::ceil(rect.right() / across), plane.x, size.width);
  const int bottom = clamped(std::ceil(rect.bottom() / down), plane.y, size.height);
  return {left, top, right - left, bottom - top};
}

PixelBox JpegPlanes::pixels() const {
  const int left = mcus_.x * mcu_pixels_.width, top = mcus_.y * mcu_pixels_.height;
  const int right = std::min(left + mcus_.width * mcu_pixels_.width, picture_.width);
  const int bottom = std::min(top + mcus_.height * mcu_pixels_.height, picture_.height);
  return {left, top, right - left, bottom - top};
}

// (x, y) counts from the box's corner.
std::array<float, 3> JpegPlanes::colour_at(int x, int y) const {
  std::array<float, 3> values = {};
  for (size_t c = 0; c < planes_.size(); ++c) {
    const Plane& plane = planes_[c];
    values[c] = plane.samples.values[plane.samples.index(x / plane.component.pixels_across,
                                                         y / plane.component.pixels_down)];
  }
  return colours_ == JpegColours::ycc ? ycc_to_rgb(values) : values;
}

Result<Image> JpegPlanes::image() const {
  const PixelBox box = pixels();
  const size_t channels = planes_.size();
  Image image = TRY(Image::create(channels == 1 ? PixelFormat::gray8 : PixelFormat::rgb8,
                                  {box.width, box.height}));
  for (int y = 0; y < box.height; ++y) {
    auto* pixel = image.row<uint8_t>(y);
    for (int x = 0; x < box.width; ++x, pixel += channels) {
      const std::array<float, 3> colour = colour_at(x, y);
      for (size_t c = 0; c < channels; ++c) pixel[c] = to_byte(colour[c]);
    }
  }
  return image;
}

std::array<float, 3> JpegPlanes::components_of(const uint8_t* pixel) const {
  const auto value = [&](size_t c) { return static_cast<float>(pixel[c]); };
  if (colours_ == JpegColours::gray) return {value(0), 0, 0};
  return to_components({value(0), value(1), value(2)}, colours_);
}

// The pixels of the box under one sample.
PixelBox JpegPlanes::pixels_under(const Plane& plane, int x, int y, Size box) const {
  const int across = plane.component.pixels_across, down = plane.component.pixels_down;
  return {x * across, y * down, std::min(across, box.width - x * across),
          std::min(down, box.height - y * down)};
}

void JpegPlanes::take_changes(const Image& before, const Image& after) {
  const Size box = after.size();
  for (size_t c = 0; c < planes_.size(); ++c) {
    Plane& plane = planes_[c];
    const int width = (box.width - 1) / plane.component.pixels_across + 1;
    const int height = (box.height - 1) / plane.component.pixels_down + 1;
    for (int y = 0; y < height; ++y) {
      for (int x = 0; x < width; ++x) {
        const PixelBox under = pixels_under(plane, x, y, box);
        if (same_pixels(before, after, under)) continue;
        plane.samples.values[plane.samples.index(x, y)] = mean_of_component(after, under, c);
      }
    }
  }
}

float JpegPlanes::mean_of_component(const Image& image, const PixelBox& box, size_t c) const {
  float sum = 0;
  for (int y = box.y; y < box.y + box.height; ++y) {
    for (int x = box.x; x < box.x + box.width; ++x) {
      sum += components_of(image.row<uint8_t>(y) + ptrdiff_t{x} * image.channels())[c];
    }
  }
  return sum / static_cast<float>(box.width * box.height);
}

void JpegPlanes::write_mcu(JpegPicture& picture, int mcu_x, int mcu_y) const {
  for (size_t c = 0; c < planes_.size(); ++c) {
    const Plane& plane = planes_[c];
    for_each_block(plane, mcu_x, mcu_y, [&](int block_x, int block_y, int x, int y) {
      picture.set_samples(c, block_x, block_y, block_at(plane, x, y));
    });
  }
}

// Beyond the picture's border its last samples are repeated, as encoders do.
JpegSamples JpegPlanes::block_at(const Plane& plane, int x, int y) {
  const int x_last = plane.component.samples.width - 1 - plane.x;
  const int y_last = plane.component.samples.height - 1 - plane.y;
  JpegSamples samples;
  for (int v = 0; v < side; ++v) {
    for (int u = 0; u < side; ++u) {
      samples[static_cast<size_t>(v) * side + static_cast<size_t>(u)] =
          plane.samples
              .values[plane.samples.index(std::min(x + u, x_last), std::min(y + v, y_last))];
    }
  }
  return samples;
}

}  // namespace faceveil
