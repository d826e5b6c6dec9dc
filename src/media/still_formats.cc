#include "media/still_formats.h"

#include "base/check.h"
#include "base/limits.h"
#include "media/still/jpeg.h"
#include "media/still/png.h"

namespace faceveil {
namespace {

constexpr StillCodec codecs[] = {
    {StillFormat::jpeg, "jpeg", "image/jpeg", "jpg jpeg jpe jfif", false, false,
     limits::side_pixels_max, sniff_jpeg, read_jpeg_header, decode_jpeg, encode_jpeg, copy_jpeg},
    {StillFormat::png, "png", "image/png", "png", true, true, limits::side_pixels_max, sniff_png,
     read_png_header, decode_png, encode_png, copy_png},
};

}  // namespace

std::span<const StillCodec> still_codecs() { return codecs; }

const StillCodec& still_codec(StillFormat format) {
  const auto index = static_cast<size_t>(format);
  CHECK(index < std::size(codecs) && codecs[index].format == format);
  return codecs[index];
}

}  // namespace faceveil
