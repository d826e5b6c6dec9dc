#include "media/still/gif_palette.h"

#include <cgif.h>

#include <unordered_map>
#include <vector>

#include "media/still/numbers.h"

namespace faceveil {
namespace {

constexpr size_t colours_max = 256;

// A palette, and for each pixel its place there. A transparent colour comes first, as cgif wants
// it.
struct Indexed {
  std::vector<uint8_t> palette;  // Red, green, blue.
  std::vector<uint8_t> places;
  bool transparent = false;

  size_t colour_count() const { return palette.size() / 3; }
};

// Colours as 0xRRGGBB; what is transparent has no colour.
constexpr uint32_t transparent_colour = 1u << 24, half_transparent = 1u << 25;

uint32_t colour_of(const uint8_t* pixel, int channels) {
  const bool gray = channels <= 2, has_alpha = channels % 2 == 0;
  const uint8_t alpha = has_alpha ? pixel[channels - 1] : 255;
  if (alpha != 255) return alpha == 0 ? transparent_colour : half_transparent;
  const uint32_t red = pixel[0], green = pixel[gray ? 0 : 1], blue = pixel[gray ? 0 : 2];
  return red << 16 | green << 8 | blue;
}

void add_colour(Indexed& indexed, uint32_t colour) {
  for (const int shift : {16, 8, 0})
    indexed.palette.push_back(static_cast<uint8_t>(colour >> shift));
}

bool has_transparent_pixel(const Image& image) {
  if (!has_alpha(image.format())) return false;
  const int channels = image.channels();
  const uint8_t* alpha = image.row<uint8_t>(0) + channels - 1;
  for (size_t at = 0; at < image.size_bytes(); at += static_cast<size_t>(channels)) {
    if (alpha[at] == 0) return true;
  }
  return false;
}

std::optional<Indexed> indexed(const Image& image) {
  Indexed result;
  std::unordered_map<uint32_t, uint8_t> place_of;
  result.transparent = has_transparent_pixel(image);
  if (result.transparent) {
    place_of[transparent_colour] = 0;
    add_colour(result, 0);
  }
  const size_t channels = static_cast<size_t>(image.channels());
  const uint8_t* samples = image.row<uint8_t>(0);
  result.places.reserve(image.size_bytes() / channels);
  for (size_t at = 0; at < image.size_bytes(); at += channels) {
    const uint32_t colour = colour_of(samples + at, image.channels());
    const auto found = place_of.find(colour);
    if (found != place_of.end()) {
      result.places.push_back(found->second);
      continue;
    }
    if (colour == half_transparent || result.colour_count() == colours_max) return std::nullopt;
    result.places.push_back(static_cast<uint8_t>(result.colour_count()));
    place_of[colour] = result.places.back();
    add_colour(result, colour);
  }
  return result;
}

int collect(void* file, const uint8_t* data, size_t size_bytes) {
  append(*static_cast<Bytes*>(file), std::as_bytes(std::span(data, size_bytes)));
  return 0;
}

bool write_file(Indexed& picture, Size size, Bytes& file) {
  CGIF_Config config{};
  config.pGlobalPalette = picture.palette.data();
  config.numGlobalPaletteEntries = static_cast<uint16_t>(picture.colour_count());
  // cgif writes transparency for animations only; one that does not loop looks like a still.
  config.attrFlags = picture.transparent
                         ? CGIF_ATTR_IS_ANIMATED | CGIF_ATTR_NO_LOOP | CGIF_ATTR_HAS_TRANSPARENCY
                         : 0;
  config.width = static_cast<uint16_t>(size.width);
  config.height = static_cast<uint16_t>(size.height);
  config.pWriteFn = collect;
  config.pContext = &file;
  CGIF* gif = cgif_newgif(&config);
  if (!gif) return false;
  CGIF_FrameConfig frame{};
  frame.pImageData = picture.places.data();
  const bool added = cgif_addframe(gif, &frame) == CGIF_OK;
  return cgif_close(gif) == CGIF_OK && added;
}

}  // namespace

std::optional<Bytes> encode_gif_exactly(const Image& image) {
  if (bytes_per_sample(image.format()) != 1) return std::nullopt;
  std::optional<Indexed> picture = indexed(image);
  Bytes file;
  if (!picture || !write_file(*picture, image.size(), file)) return std::nullopt;
  return file;
}

}  // namespace faceveil
