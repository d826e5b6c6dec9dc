// Pixels in memory.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>

#include "base/geometry.h"
#include "base/result.h"

namespace faceveil {

// Samples interleaved, in native byte order for 16 bit; alpha, where there is one, last and
// straight (not premultiplied).
enum class PixelFormat : uint8_t {
  gray8,
  gray_alpha8,
  rgb8,
  rgba8,
  gray16,
  gray_alpha16,
  rgb16,
  rgba16,
};

int channel_count(PixelFormat);  // 1, 2, 3 or 4, alpha included.
bool has_alpha(PixelFormat);
int bytes_per_sample(PixelFormat);                             // 1 or 2.
PixelFormat pixel_format(int channels, int bytes_per_sample);  // The reverse of the two above.

inline constexpr int rgb_channels = 3;

// Upright pixels, owned, move-only. Rows follow each other without padding.
class Image {
 public:
  Image() = default;  // Empty: size 0 x 0.

  // Errors: over_limit (base/limits.h), bad_input for an empty or negative size.
  static Status check(PixelFormat, Size);

  // All samples zero. Fails as check() does, before it allocates, and with over_limit where memory
  // is short.
  static Result<Image> create(PixelFormat, Size);

  Result<Image> copy() const;

  PixelFormat format() const { return format_; }
  Size size() const { return size_; }
  int channels() const { return channel_count(format_); }
  ptrdiff_t stride_bytes() const;  // From one row to the next.
  size_t size_bytes() const;       // Of all rows.

  std::byte* data() { return samples_.get(); }
  const std::byte* data() const { return samples_.get(); }

  // The samples of one row, y in [0, height). Sample is uint8_t or uint16_t as the format says.
  template <typename Sample>
  Sample* row(int y) {
    return reinterpret_cast<Sample*>(samples_.get() + y * stride_bytes());
  }
  template <typename Sample>
  const Sample* row(int y) const {
    return reinterpret_cast<const Sample*>(samples_.get() + y * stride_bytes());
  }

 private:
  // calloc takes pages that the kernel has cleared already, and saves a pass over the picture.
  struct Free {
    void operator()(std::byte* samples) const { std::free(samples); }
  };

  PixelFormat format_ = PixelFormat::rgb8;
  Size size_;
  std::unique_ptr<std::byte[], Free> samples_;
};

}  // namespace faceveil
