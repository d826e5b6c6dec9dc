#include "media/still/tiff.h"

#include <string>
#include <string_view>

#include "media/metadata/write.h"
#include "media/still/vips_wall.h"

namespace faceveil {
namespace {

const std::string tiff_name = "TIFF";

// libvips writes a density in any case; this is what programs assume where a file has none.
constexpr double usual_dots_per_inch = 72;

Result<VipsImagePtr> open_tiff(BytesView bytes) {
  TRY(start_vips());
  VipsImage* image = nullptr;
  const int status =
      vips_tiffload_buffer(const_cast<std::byte*>(bytes.data()), bytes.size(), &image, "access",
                           VIPS_ACCESS_SEQUENTIAL, "fail_on", VIPS_FAIL_ON_WARNING, nullptr);
  return opened(status, image, tiff_name);
}

Orientation orientation_of(VipsImage* image) {
  return static_cast<Orientation>(vips_image_get_orientation(image));
}

}  // namespace

bool sniff_tiff(BytesView bytes) {
  using namespace std::string_view_literals;
  for (const std::string_view start : {"II*\0"sv, "MM\0*"sv, "II+\0"sv, "MM\0+"sv}) {
    if (as_text(bytes).starts_with(start)) return true;
  }
  return false;
}

Result<StillHeader> read_tiff_header(BytesView bytes) {
  const VipsImagePtr image = TRY(open_tiff(bytes));
  return header_of(image.get(), StillFormat::tiff, orientation_of(image.get()));
}

Result<Still> decode_tiff(BytesView bytes) {
  VipsImagePtr image = TRY(open_tiff(bytes));
  const Orientation orientation = orientation_of(image.get());
  return decoded(std::move(image), StillFormat::tiff, orientation, tiff_name);
}

Result<Bytes> encode_tiff(const Still& still, const Metadata& kept) {
  const VipsImagePtr image = TRY(wrapped(still));
  const bool said = says_density(still.traits);
  const double x = said ? still.traits.dots_per_inch_x : usual_dots_per_inch;
  const double y = said ? still.traits.dots_per_inch_y : usual_dots_per_inch;
  void* buffer = nullptr;
  size_t size_bytes = 0;
  const int status = vips_tiffsave_buffer(
      image.get(), &buffer, &size_bytes, "compression", VIPS_FOREIGN_TIFF_COMPRESSION_DEFLATE,
      "predictor", VIPS_FOREIGN_TIFF_PREDICTOR_HORIZONTAL, "resunit",
      VIPS_FOREIGN_TIFF_RESUNIT_INCH, "xres", x / mm_per_inch, "yres", y / mm_per_inch, nullptr);
  Bytes file = TRY(saved(status, buffer, size_bytes, tiff_name));
  return kept.empty() ? std::move(file) : with_tiff_metadata(std::move(file), kept);
}

Result<CleanCopy> copy_tiff(BytesView bytes, const Metadata& kept) {
  const Still still = TRY(decode_tiff(bytes));
  Bytes again = TRY(encode_tiff(still, kept));
  return CleanCopy{std::move(again), true};
}

}  // namespace faceveil
