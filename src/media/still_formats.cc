#include "media/still_formats.h"

#include "base/check.h"
#include "base/limits.h"
#include "media/still/bmp.h"
#include "media/still/gif.h"
#include "media/still/heif.h"
#include "media/still/jpeg.h"
#include "media/still/png.h"
#include "media/still/tiff.h"
#include "media/still/webp.h"

namespace faceveil {
namespace {

constexpr int side_max = limits::side_pixels_max;

constexpr StillCodec codecs[] = {
    {StillFormat::jpeg, "jpeg", "image/jpeg", "jpg jpeg jpe jfif", true, false, false, side_max,
     sniff_jpeg, read_jpeg_header, decode_jpeg, encode_jpeg, copy_jpeg},
    {StillFormat::png, "png", "image/png", "png", true, true, true, side_max, sniff_png,
     read_png_header, decode_png, encode_png, copy_png},
    {StillFormat::webp, "webp", "image/webp", "webp", false, true, false, 16'383, sniff_webp,
     read_webp_header, decode_webp, encode_webp, copy_webp},
    {StillFormat::tiff, "tiff", "image/tiff", "tif tiff", true, true, true, side_max, sniff_tiff,
     read_tiff_header, decode_tiff, encode_tiff, copy_tiff},
    {StillFormat::gif, "gif", "image/gif", "gif", true, true, false, side_max, sniff_gif,
     read_gif_header, decode_gif, encode_gif, copy_gif},
    {StillFormat::bmp, "bmp", "image/bmp", "bmp dib", true, true, false, side_max, sniff_bmp,
     read_bmp_header, decode_bmp, encode_bmp, copy_bmp},
    {StillFormat::heic, "heic", "image/heic", "heic heif", false, true, true, 16'384, sniff_heic,
     read_heic_header, decode_heic, encode_heic, copy_heic},
    {StillFormat::avif, "avif", "image/avif", "avif", false, true, true, 16'384, sniff_avif,
     read_avif_header, decode_avif, encode_avif, copy_avif},
};

}  // namespace

std::span<const StillCodec> still_codecs() { return codecs; }

const StillCodec& still_codec(StillFormat format) {
  const auto index = static_cast<size_t>(format);
  CHECK(index < std::size(codecs) && codecs[index].format == format);
  return codecs[index];
}

}  // namespace faceveil
