// Pictures brought to another size for a network to look at: 8-bit RGB, whatever they were.
//
// Shrinking takes the mean of the area that each new pixel covers, so that no pixel of the picture
// is passed over; enlarging is bilinear with half-pixel centres, the border repeated. Directions
// are independent of each other. Weights are in 1/256 or finer.
#pragma once

#include <vector>

#include "media/image.h"

namespace faceveil {

// Some pixels of a picture: whole, within it, at least 1 x 1.
struct Part {
  int x = 0, y = 0;
  Size size;
  bool operator==(const Part&) const = default;

  int right() const { return x + size.width; }
  int bottom() const { return y + size.height; }
};

// `part` of what `picture` would be at `size` pixels. Any Image that is not empty; grey becomes
// three equal channels, alpha is not looked at. Parts fit together without seams. Errors:
// over_limit.
Result<Image> resample(const Image& picture, Size size, const Part& part);
Result<Image> resample(const Image& picture, Size size);

// The same by the definition, pixel for pixel, in double precision: the oracle.
Result<Image> resample_reference(const Image& picture, Size size);

// A picture, and its half, its quarter and so on, from which smaller sizes are made at less cost.
// Immutable: share it among threads. `picture` must outlive it.
class Halvings {
 public:
  // Prepares the halves that for_size() will want for sizes down to `smallest`. The result does not
  // depend on `thread_count`. Errors: over_limit.
  static Result<Halvings> create(const Image& picture, Size smallest, int thread_count);

  Size size() const { return picture_->size(); }

  // As the function above, made from the smallest half of which a new pixel still covers two
  // pixels each way, or exactly one.
  Result<Image> resample(Size size, const Part& part) const;

 private:
  explicit Halvings(const Image& picture) : picture_(&picture) {}
  const Image* picture_;
  std::vector<Image> halves_;
};

}  // namespace faceveil
