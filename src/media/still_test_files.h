// Picture files put together by hand for the tests of stills: what encoders of ours would not
// write.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "media/orientation.h"
#include "media/still.h"

namespace faceveil::test {

// A still of this picture, with neutral traits.
Still still_with(Image, StillFormat);

// As it is, or grey widened to colours, for formats that hold colours only.
Image widened_to_rgb(const Image&);

// The stored picture that `orientation` turns into this upright one.
Image stored_for(const Image& upright, Orientation);

// The smallest sRGB-like display profile that libraries accept (ICC.1:2001-04): a matrix and one
// gamma.
Bytes small_icc_profile();

// An EXIF block with this orientation, and `text` as the maker's name (tag 271). No prefix.
Bytes exif_with(Orientation, std::string_view text);

// The JPEG file with a segment after SOI.
Bytes with_jpeg_segment(BytesView jpeg, uint8_t marker, BytesView content);

// The PNG file with a chunk after IHDR.
Bytes with_png_chunk(BytesView png, std::string_view type, BytesView content);
uint32_t png_checksum(BytesView);

// The WebP file of a picture of this size, without profile, in the extended layout and with chunks
// at the end.
struct Chunk {
  std::string type;
  Bytes content;
};
Bytes with_webp_chunks(BytesView webp, Size, const std::vector<Chunk>&);

// An uncompressed little-endian TIFF file of a gray8 picture, with orientation and, where it is not
// empty, an ImageDescription.
Bytes plain_tiff(const Image& gray, Orientation, std::string_view description);

Bytes bytes_of(std::string_view text);
bool contains(BytesView, std::string_view text);

}  // namespace faceveil::test
