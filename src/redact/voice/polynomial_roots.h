// All roots of a polynomial at once, by the method of Ehrlich and Aberth (O. Aberth, "Iteration
// Methods for Finding all Zeros of a Polynomial Simultaneously", 1973).
#pragma once

#include <complex>
#include <span>
#include <vector>

namespace faceveil {

// The roots of z^p + a[0] z^(p-1) + ... + a[p-1]: the poles of 1 / A(z). In no order. Empty when
// the iteration does not settle (the caller leaves the frame's resonances as they are).
std::vector<std::complex<double>> polynomial_roots(std::span<const double> a);

// The other way: the real coefficients a[0..p-1] of the polynomial with these roots, which lie in
// conjugate pairs or on the real line.
std::vector<double> polynomial_of(std::span<const std::complex<double>> roots);

}  // namespace faceveil
