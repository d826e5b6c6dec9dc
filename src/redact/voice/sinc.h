// Band-limited interpolation: a sinc under a Kaiser window, from a table.
#pragma once

#include <vector>

namespace faceveil {

class SincKernel {
 public:
  // `half_width` zero crossings at each side.
  explicit SincKernel(int half_width);

  int half_width() const { return half_width_; }
  // The kernel at x, |x| <= half_width (0 beyond). Exactly 1 at 0 and 0 at every other whole
  // number, so that a shift by whole samples changes nothing.
  double at(double x) const;

 private:
  int half_width_;
  std::vector<double> table_;
};

}  // namespace faceveil
