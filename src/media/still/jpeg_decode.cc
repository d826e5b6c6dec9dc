#include "media/still/jpeg_decode.h"

#include "base/limits.h"
#include "media/still/inks.h"
#include "media/still/jpeg.h"
#include "media/still/jpeg_reader.h"

namespace faceveil {
namespace {

// Files of several scans keep all coefficients beside the picture.
Status check_memory(JpegReader& reader) {
  if (!jpeg_has_multiple_scans(&reader.info)) return {};
  if (coefficient_bytes(reader) <= limits::picture_bytes_max) return {};
  return too_large(reader);
}

// Straight from the decoder, which lets go of its own memory then. Reads on to the end of the
// file's last scan, so that a missing end is noticed.
Status read_all_rows(JpegReader& reader, Image& image) {
  jpeg_decompress_struct& info = reader.info;
  const bool done = guarded(reader.errors, [&] {
    jpeg_start_decompress(&info);
    read_rows(info, image);
    jpeg_finish_decompress(&info);
  });
  if (!done) return jpeg_failure(reader.errors);
  return {};
}

// Adobe's programs store inks inverted, and say so by their marker alone.
void invert(Image& image) {
  auto* samples = image.row<uint8_t>(0);
  for (size_t i = 0; i < image.size_bytes(); ++i) samples[i] = static_cast<uint8_t>(~samples[i]);
}

// Reads CMYK or YCCK (which libjpeg turns into CMYK) into RGB. The profile is used up by that.
Result<Image> read_inks(JpegReader& reader, Bytes& icc_profile) {
  reader.info.out_color_space = JCS_CMYK;
  Image inks = TRY(Image::create(PixelFormat::rgba8, reader.stored_size()));
  TRY(read_all_rows(reader, inks));
  if (reader.info.saw_Adobe_marker) invert(inks);
  Image colours = TRY(inks_to_rgb(inks, icc_profile));
  icc_profile.clear();
  return colours;
}

Result<Image> read_pixels(JpegReader& reader, Bytes& icc_profile) {
  jpeg_decompress_struct& info = reader.info;
  if (holds_inks(reader)) return read_inks(reader, icc_profile);
  const bool gray = info.jpeg_color_space == JCS_GRAYSCALE;
  info.out_color_space = gray ? JCS_GRAYSCALE : JCS_RGB;
  Image image =
      TRY(Image::create(gray ? PixelFormat::gray8 : PixelFormat::rgb8, reader.stored_size()));
  TRY(read_all_rows(reader, image));
  return image;
}

}  // namespace

bool sniff_jpeg(BytesView bytes) { return as_text(bytes).starts_with("\xff\xd8\xff"); }

Result<StillHeader> read_jpeg_header(BytesView bytes) {
  JpegReader reader;
  TRY(read_header(reader, bytes));
  TRY(Image::check(PixelFormat::gray8, reader.stored_size()));
  return StillHeader{StillFormat::jpeg,
                     upright_size(reader.stored_size(), read_orientation(reader))};
}

Result<DecodedJpeg> decode_jpeg_fully(BytesView bytes) {
  JpegReader reader;
  TRY(read_header(reader, bytes));
  TRY(check_memory(reader));
  DecodedJpeg decoded;
  Still& still = decoded.still;
  decoded.orientation = read_orientation(reader);
  still.traits = read_traits(reader, decoded.orientation);
  still.icc_profile = TRY(read_icc_profile(reader));
  decoded.has_icc_profile = !still.icc_profile.empty();
  Image stored = TRY(read_pixels(reader, still.icc_profile));
  decoded.stray_bytes = reader.errors.stray_bytes;
  still.image = TRY(turned_upright(std::move(stored), decoded.orientation));
  return decoded;
}

Result<Still> decode_jpeg(BytesView bytes) {
  DecodedJpeg decoded = TRY(decode_jpeg_fully(bytes));
  return std::move(decoded.still);
}

}  // namespace faceveil
