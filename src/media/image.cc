#include "media/image.h"

#include <cstring>

#include "base/check.h"
#include "base/limits.h"

namespace faceveil {

int channel_count(PixelFormat format) { return static_cast<int>(format) % 4 + 1; }
bool has_alpha(PixelFormat format) { return channel_count(format) % 2 == 0; }
int bytes_per_sample(PixelFormat format) { return format >= PixelFormat::gray16 ? 2 : 1; }

PixelFormat pixel_format(int channels, int bytes_per_sample) {
  CHECK(channels >= 1 && channels <= 4);
  CHECK(bytes_per_sample == 1 || bytes_per_sample == 2);
  return static_cast<PixelFormat>(channels - 1 + (bytes_per_sample == 2 ? 4 : 0));
}

Status Image::check(PixelFormat format, Size size) {
  if (size.width <= 0 || size.height <= 0) {
    return fail(Error::Kind::bad_input, "The picture is empty ({0} x {1} pixels).",
                {std::to_string(size.width), std::to_string(size.height)});
  }
  const int64_t pixels = int64_t{size.width} * size.height;
  const int64_t bytes = pixels * channel_count(format) * bytes_per_sample(format);
  if (size.width > limits::side_pixels_max || size.height > limits::side_pixels_max ||
      pixels > limits::picture_pixels_max || bytes > limits::picture_bytes_max) {
    return fail(Error::Kind::over_limit, "The picture is too large ({0} x {1} pixels).",
                {std::to_string(size.width), std::to_string(size.height)});
  }
  return {};
}

Result<Image> Image::create(PixelFormat format, Size size) {
  TRY(check(format, size));
  Image image;
  image.format_ = format;
  image.size_ = size;
  image.samples_.reset(static_cast<std::byte*>(std::calloc(image.size_bytes(), 1)));
  if (!image.samples_) {
    return fail(Error::Kind::over_limit, "There is not enough memory for {0} x {1} pixels.",
                {std::to_string(size.width), std::to_string(size.height)});
  }
  return image;
}

Result<Image> Image::copy() const {
  Image twin = TRY(create(format_, size_));
  std::memcpy(twin.data(), data(), size_bytes());
  return twin;
}

ptrdiff_t Image::stride_bytes() const {
  return ptrdiff_t{size_.width} * channels() * bytes_per_sample(format_);
}

size_t Image::size_bytes() const {
  return static_cast<size_t>(stride_bytes()) * static_cast<size_t>(size_.height);
}

}  // namespace faceveil
