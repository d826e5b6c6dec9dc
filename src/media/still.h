// Still pictures: bytes to upright pixels and back. The formats are listed in still_formats.h's
// table; each has one file of its own under still/, the only user of its codec.
#pragma once

#include <optional>
#include <string_view>

#include "base/bytes.h"
#include "base/result.h"
#include "media/image.h"
#include "media/metadata.h"

namespace faceveil {

enum class StillFormat : uint8_t { jpeg, png, webp, tiff, gif, bmp, heic, avif };

// The format that the first bytes announce; absent for everything that we do not handle. Looks at
// content only, never at a file's name.
std::optional<StillFormat> sniff_still(BytesView);

std::string_view format_name(StillFormat);       // "jpeg", as in plans and reports.
std::string_view format_mime_type(StillFormat);  // "image/jpeg".
std::string_view format_extension(StillFormat);  // "jpg", without dot.
std::optional<StillFormat> format_from_name(std::string_view name);  // The reverse of format_name.
std::optional<StillFormat> format_from_extension(
    std::string_view extension);  // "JPG", "jpeg", "tif", ...

inline constexpr double mm_per_inch = 25.4;

// How the input was encoded, so far as the output in the same format should resemble it.
struct EncodingTraits {
  // JPEG: luma samples to one chroma sample, across and down, in the *stored* orientation of the
  // output: 2x2 = 4:2:0, 2x1 = 4:2:2, 1x1 = 4:4:4. Decoding a turned picture swaps them.
  int chroma_across = 2, chroma_down = 2;
  bool progressive = false;  // JPEG.
  bool palette = false;      // PNG, GIF: colours by number. Stays so with up to 256 of them.
  bool lossless = true;      // WebP: VP8L or VP8. HEIC, AVIF: always false. Others: always true.
  double dots_per_inch_x = 0, dots_per_inch_y = 0;  // 0: not said. Kept where the format can.
};

// One decoded picture.
struct Still {
  Image image;  // Upright: EXIF orientation (or HEIF's own) already applied.
  StillFormat format = StillFormat::jpeg;
  EncodingTraits traits;
  Bytes icc_profile;  // Empty when there is none.
  // PNG: what else says which colours the samples mean (gAMA, cHRM, sRGB, cICP), whole chunks one
  // behind the other. Other formats have no place for it.
  Bytes png_colours = {};
};

// What can be known without decoding the pixels.
struct StillHeader {
  StillFormat format = StillFormat::jpeg;
  Size size;  // Upright.
};

// Errors of both: unsupported (not a picture that we know, or of a kind that we refuse, by name),
// over_limit (before the pixels are allocated), bad_input (damaged or truncated).
Result<StillHeader> read_still_header(BytesView);
Result<Still> decode_still(BytesView);

// The picture as a file of `format`: pixels, ICC profile (PNG: all that says colours), density, and
// of `kept` what the format has a place for (docs/privacy.md). Lossless formats losslessly; JPEG at
// quality 95 with the traits' subsampling; alpha on white where the format has none; 16 bit to 8
// where the format has no 16. Errors: over_limit (a side too long for the format).
Result<Bytes> encode_still(const Still&, StillFormat format, const Metadata& kept = {});

// What became of a picture that needed no hiding.
struct CleanCopy {
  Bytes bytes;
  bool pixels_identical = false;  // False only where a lossy format had to be encoded again.
};

// The same picture with `kept`, so far as the format has a place for it, and without anything else
// beside it: metadata, thumbnails, further pictures and trailing bytes are gone; pixels, ICC
// profile, orientation and density stay. JPEG, PNG and still WebP keep their compressed picture
// data byte for byte. The result decodes to the same upright pixels. Errors: as decode_still.
Result<CleanCopy> copy_with_metadata(BytesView, const Metadata& kept);
Result<CleanCopy> copy_without_metadata(BytesView);

}  // namespace faceveil
