#include "media/still/gif_palette.h"

#include <cgif.h>

#include <algorithm>
#include <vector>

#include "media/still/indexed_picture.h"
#include "media/still/numbers.h"

namespace faceveil {
namespace {

// cgif wants the transparent colour first.
void put_first(IndexedPicture& picture, uint8_t place) {
  std::swap(picture.colours[0], picture.colours[place]);
  for (uint8_t& of_pixel : picture.places) {
    if (of_pixel == 0 || of_pixel == place) of_pixel = of_pixel == 0 ? place : uint8_t{0};
  }
}

bool is_half_transparent(Colour32 colour) {
  return alpha_of(colour) != 0 && alpha_of(colour) != 255;
}

// Red, green, blue of each.
std::vector<uint8_t> palette_of(const IndexedPicture& picture) {
  std::vector<uint8_t> palette;
  for (const Colour32 colour : picture.colours) {
    for (const int shift : {16, 8, 0}) palette.push_back(static_cast<uint8_t>(colour >> shift));
  }
  return palette;
}

int collect(void* file, const uint8_t* data, size_t size_bytes) {
  append(*static_cast<Bytes*>(file), std::as_bytes(std::span(data, size_bytes)));
  return 0;
}

bool write_file(IndexedPicture& picture, Size size, Bytes& file) {
  CGIF_Config config{};
  std::vector<uint8_t> palette = palette_of(picture);
  config.pGlobalPalette = palette.data();
  config.numGlobalPaletteEntries = static_cast<uint16_t>(picture.colours.size());
  // cgif writes transparency for animations only; one that does not loop looks like a still.
  config.attrFlags = alpha_of(picture.colours[0]) == 0
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
  std::optional<IndexedPicture> picture = indexed_picture(image, Transparent::is_one_colour);
  if (!picture || std::ranges::any_of(picture->colours, is_half_transparent)) return std::nullopt;
  const auto transparent =
      std::ranges::find_if(picture->colours, [](Colour32 colour) { return alpha_of(colour) == 0; });
  if (transparent != picture->colours.end()) {
    put_first(*picture, static_cast<uint8_t>(transparent - picture->colours.begin()));
  }
  Bytes file;
  if (!write_file(*picture, image.size(), file)) return std::nullopt;
  return file;
}

}  // namespace faceveil
