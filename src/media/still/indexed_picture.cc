#include "media/still/indexed_picture.h"

#include <unordered_map>

namespace faceveil {
namespace {

constexpr size_t colours_max = 256;

Colour32 colour_of(const uint8_t* pixel, int channels, Transparent transparent) {
  const bool gray = channels <= 2, has_alpha = channels % 2 == 0;
  const uint32_t alpha = has_alpha ? pixel[channels - 1] : 255;
  if (alpha == 0 && transparent == Transparent::is_one_colour) return 0;
  const uint32_t red = pixel[0], green = pixel[gray ? 0 : 1], blue = pixel[gray ? 0 : 2];
  return alpha << 24 | red << 16 | green << 8 | blue;
}

}  // namespace

std::optional<IndexedPicture> indexed_picture(const Image& image, Transparent transparent) {
  if (bytes_per_sample(image.format()) != 1) return std::nullopt;
  IndexedPicture result;
  std::unordered_map<Colour32, uint8_t> place_of;
  const auto channels = static_cast<size_t>(image.channels());
  const uint8_t* samples = image.row<uint8_t>(0);
  result.places.reserve(image.size_bytes() / channels);
  for (size_t at = 0; at < image.size_bytes(); at += channels) {
    const Colour32 colour = colour_of(samples + at, image.channels(), transparent);
    const auto [found, is_new] =
        place_of.try_emplace(colour, static_cast<uint8_t>(result.colours.size()));
    if (is_new && result.colours.size() == colours_max) return std::nullopt;
    if (is_new) result.colours.push_back(colour);
    result.places.push_back(found->second);
  }
  return result;
}

}  // namespace faceveil
