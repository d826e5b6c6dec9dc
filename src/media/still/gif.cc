#include "media/still/gif.h"

#include <cstring>
#include <string>

#include "media/metadata/write.h"
#include "media/still/gif_palette.h"
#include "media/still/vips_wall.h"

namespace faceveil {
namespace {

const std::string gif_name = "GIF";

Result<VipsImagePtr> open_gif(BytesView bytes) {
  TRY(start_vips());
  VipsImage* image = nullptr;
  const int status =
      vips_gifload_buffer(const_cast<std::byte*>(bytes.data()), bytes.size(), &image, "access",
                          VIPS_ACCESS_SEQUENTIAL, "fail_on", VIPS_FAIL_ON_WARNING, nullptr);
  return opened(status, image, gif_name);
}

bool same_pixels(const Image& a, const Image& b) {
  return a.format() == b.format() && a.size() == b.size() &&
         std::memcmp(a.data(), b.data(), a.size_bytes()) == 0;
}

Result<Bytes> encode_pixels(const Still& still) {
  if (std::optional<Bytes> file = encode_gif_exactly(still.image)) return std::move(*file);
  const VipsImagePtr image = TRY(wrapped(still));
  void* buffer = nullptr;
  size_t size_bytes = 0;
  const int status = vips_gifsave_buffer(image.get(), &buffer, &size_bytes, "dither", 0.0, nullptr);
  return saved(status, buffer, size_bytes, gif_name);
}

}  // namespace

bool sniff_gif(BytesView bytes) {
  return as_text(bytes).starts_with("GIF87a") || as_text(bytes).starts_with("GIF89a");
}

Result<StillHeader> read_gif_header(BytesView bytes) {
  const VipsImagePtr image = TRY(open_gif(bytes));
  return header_of(image.get(), StillFormat::gif, Orientation::top_left);
}

Result<Still> decode_gif(BytesView bytes) {
  VipsImagePtr image = TRY(open_gif(bytes));
  Still still = TRY(decoded(std::move(image), StillFormat::gif, Orientation::top_left, gif_name));
  still.traits.palette = true;
  return still;
}

Result<Bytes> encode_gif(const Still& still, const Metadata& kept) {
  const Bytes pixels = TRY(encode_pixels(still));
  return with_gif_metadata(pixels, kept);
}

Result<CleanCopy> copy_gif(BytesView bytes, const Metadata& kept) {
  const Still still = TRY(decode_gif(bytes));
  Bytes again = TRY(encode_gif(still, kept));
  // A frame that does not fill the screen may have 256 colours and transparency: one too many.
  const Still twin = TRY(decode_gif(again));
  return CleanCopy{std::move(again), same_pixels(still.image, twin.image)};
}

}  // namespace faceveil
