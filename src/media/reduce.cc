#include "media/reduce.h"

namespace faceveil {
namespace {

template <typename Sample>
void lay_on_white(const Image& from, Image& to) {
  constexpr uint64_t white = static_cast<Sample>(~Sample{0});
  const int colours = to.channels();
  const Sample* source = from.row<Sample>(0);
  Sample* target = to.row<Sample>(0);
  const size_t pixel_count = to.size_bytes() / sizeof(Sample) / static_cast<size_t>(colours);
  for (size_t i = 0; i < pixel_count; ++i, source += colours + 1, target += colours) {
    const uint64_t alpha = source[colours];
    for (int c = 0; c < colours; ++c) {
      const uint64_t mixed = source[c] * alpha + white * (white - alpha);
      target[c] = static_cast<Sample>((mixed + white / 2) / white);
    }
  }
}

template <typename Sample>
void repeat_gray(const Image& from, Image& to) {
  const Sample* source = from.row<Sample>(0);
  Sample* target = to.row<Sample>(0);
  const size_t pixel_count = to.size_bytes() / sizeof(Sample) / static_cast<size_t>(to.channels());
  for (size_t i = 0; i < pixel_count; ++i, source += from.channels(), target += to.channels()) {
    target[0] = target[1] = target[2] = source[0];
    if (to.channels() == 4) target[3] = source[1];
  }
}

}  // namespace

Result<Image> flattened_on_white(const Image& image) {
  if (!has_alpha(image.format())) return image.copy();
  const int wide = bytes_per_sample(image.format());
  Image flat = TRY(Image::create(pixel_format(image.channels() - 1, wide), image.size()));
  if (wide == 2) {
    lay_on_white<uint16_t>(image, flat);
  } else {
    lay_on_white<uint8_t>(image, flat);
  }
  return flat;
}

Result<Image> reduced_to_8_bits(const Image& image) {
  if (bytes_per_sample(image.format()) == 1) return image.copy();
  Image narrow = TRY(Image::create(pixel_format(image.channels(), 1), image.size()));
  const uint16_t* source = image.row<uint16_t>(0);
  uint8_t* target = narrow.row<uint8_t>(0);
  for (size_t i = 0; i < narrow.size_bytes(); ++i) {
    target[i] = static_cast<uint8_t>((source[i] + 128) / 257);
  }
  return narrow;
}

Result<Image> expanded_to_colour(const Image& image) {
  if (image.channels() >= 3) return image.copy();
  const int wide = bytes_per_sample(image.format());
  Image colour = TRY(Image::create(pixel_format(image.channels() + 2, wide), image.size()));
  if (wide == 2) {
    repeat_gray<uint16_t>(image, colour);
  } else {
    repeat_gray<uint8_t>(image, colour);
  }
  return colour;
}

Result<Image> as_rgb8(const Image& image) {
  const Image eight_bits = TRY(reduced_to_8_bits(image));
  const Image opaque = TRY(flattened_on_white(eight_bits));
  return expanded_to_colour(opaque);
}

}  // namespace faceveil
