#include "media/still/png_palette.h"

#include <zlib.h>

#include <algorithm>
#include <cmath>

#include "base/check.h"
#include "media/still/indexed_picture.h"
#include "media/still/numbers.h"
#include "media/still/png_chunks.h"

namespace faceveil {
namespace {

void append_chunk(Bytes& to, std::string_view type, BytesView content) {
  append_big(to, static_cast<uint32_t>(content.size()), 4);
  const size_t checked_at = to.size();
  append(to, as_bytes(type));
  append(to, content);
  const BytesView checked = BytesView(to).subspan(checked_at);
  append_big(to, static_cast<uint32_t>(crc32(0, as_u8(checked), static_cast<uInt>(checked.size()))),
             4);
}

Bytes deflated(BytesView content) {
  uLongf length = compressBound(static_cast<uLong>(content.size()));
  Bytes stream(length);
  CHECK(compress2(reinterpret_cast<Bytef*>(stream.data()), &length, as_u8(content),
                  static_cast<uLong>(content.size()), Z_DEFAULT_COMPRESSION) == Z_OK);
  stream.resize(length);
  return stream;
}

int bits_for(size_t colour_count) {
  return colour_count <= 2 ? 1 : colour_count <= 4 ? 2 : colour_count <= 16 ? 4 : 8;
}

Bytes header(Size size, int bits) {
  Bytes content;
  append_big(content, static_cast<uint32_t>(size.width), 4);
  append_big(content, static_cast<uint32_t>(size.height), 4);
  for (const int value : {bits, 3, 0, 0, 0}) content.push_back(static_cast<std::byte>(value));
  return content;
}

Bytes palette(const IndexedPicture& picture) {
  Bytes content;
  for (const Colour32 colour : picture.colours) append_big(content, colour & 0xffffff, 3);
  return content;
}

// Empty where all are opaque; ends with the last that is not (11.3.1.1).
Bytes transparency(const IndexedPicture& picture) {
  Bytes content;
  size_t used = 0;
  for (const Colour32 colour : picture.colours) {
    content.push_back(static_cast<std::byte>(alpha_of(colour)));
    if (alpha_of(colour) != 255) used = content.size();
  }
  content.resize(used);
  return content;
}

// Each with filter 0: numbers are no samples that a neighbour could foretell.
Bytes rows(const IndexedPicture& picture, Size size, int bits) {
  Bytes packed;
  const auto width = static_cast<size_t>(size.width);
  for (size_t row = 0; row < picture.places.size(); row += width) {
    packed.push_back(std::byte{0});
    const size_t row_at = packed.size();
    packed.resize(row_at + (width * static_cast<size_t>(bits) + 7) / 8);
    for (size_t x = 0; x < width; ++x) {
      const size_t bit = x * static_cast<size_t>(bits);
      const int shift = 8 - bits - static_cast<int>(bit % 8);
      packed[row_at + bit / 8] |= static_cast<std::byte>(picture.places[row + x] << shift);
    }
  }
  return packed;
}

// Per metre (11.3.4.3).
Bytes density(const EncodingTraits& traits) {
  Bytes content;
  for (const double inch : {traits.dots_per_inch_x, traits.dots_per_inch_y}) {
    append_big(content, static_cast<uint32_t>(std::lround(inch / mm_per_inch * 1000)), 4);
  }
  content.push_back(std::byte{1});
  return content;
}

Bytes profile(const Bytes& icc_profile) {
  using namespace std::string_view_literals;
  Bytes content;
  append(content, as_bytes("icc\0\0"sv));  // A name, and the only method.
  append(content, deflated(icc_profile));
  return content;
}

}  // namespace

std::optional<Bytes> encode_png_palette(const Still& still) {
  const auto picture = indexed_picture(still.image, Transparent::keeps_its_colour);
  if (!picture) return std::nullopt;
  const int bits = bits_for(picture->colours.size());
  Bytes file;
  append(file, as_bytes(png_signature));
  append_chunk(file, "IHDR", header(still.image.size(), bits));
  if (!still.icc_profile.empty()) append_chunk(file, "iCCP", profile(still.icc_profile));
  if (still.traits.dots_per_inch_x > 0) append_chunk(file, "pHYs", density(still.traits));
  append_chunk(file, "PLTE", palette(*picture));
  const Bytes alphas = transparency(*picture);
  if (!alphas.empty()) append_chunk(file, "tRNS", alphas);
  append_chunk(file, "IDAT", deflated(rows(*picture, still.image.size(), bits)));
  append_chunk(file, "IEND", {});
  return file;
}

}  // namespace faceveil
