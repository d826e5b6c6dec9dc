// A picture fitted into the square input of a network, as MediaPipe's ImageToTensorCalculator does
// it (keep_aspect_ratio, border_mode BORDER_ZERO, output range [-1, 1]).
//
//   +-----------------+   The square covers the picture's longer side; the picture lies in its
//   |      black      |   middle, at offsets that are real numbers. Each sample is one bilinear tap
//   +-----------------+   into the full picture, without area averaging and without rounding to
//   |     picture     |   8 bits. A sample whose centre lies outside the picture is black.
//   +-----------------+
//   |      black      |
//   +-----------------+
//
// The picture is half open, as all our rectangles: a centre exactly on its lower or right border is
// outside. Where that matters (the golden picture sample3) it is the rule that comes closest to the
// official solution.
#pragma once

#include <span>

#include "media/image.h"

namespace faceveil {

// How the square lies over the picture.
class LetterboxGeometry {
 public:
  // Both sizes at least 1.
  LetterboxGeometry(Size picture, int side);

  // From the square's samples (0 = left edge of the first, side = right edge of the last) to pixels
  // of the picture.
  double picture_x(double x) const { return x * pixels_per_sample_ - margin_x_; }
  double picture_y(double y) const { return y * pixels_per_sample_ - margin_y_; }
  double pixels_per_sample() const { return pixels_per_sample_; }

 private:
  double pixels_per_sample_, margin_x_, margin_y_;
};

// Fills `samples` with side x side x RGB in [-1, 1]. Grey becomes three equal channels; alpha is
// not looked at. `picture` must not be empty.
void letterbox(const Image& picture, int side, std::span<float> samples);

// The same by the definition, sample for sample, in double precision: the oracle.
void letterbox_reference(const Image& picture, int side, std::span<float> samples);

}  // namespace faceveil
