#include "redact/voice/polynomial_roots.h"

#include <cmath>
#include <numbers>

namespace faceveil {
namespace {

using Complex = std::complex<double>;

// Plain products: std::complex's own handle infinities, and are several times slower for it.
Complex times(Complex x, Complex y) {
  return {x.real() * y.real() - x.imag() * y.imag(), x.real() * y.imag() + x.imag() * y.real()};
}
Complex inverse(Complex x) {
  const double norm = x.real() * x.real() + x.imag() * x.imag();
  return {x.real() / norm, -x.imag() / norm};
}

// p(z) / p'(z) by Horner's rule.
Complex newton_step(std::span<const double> a, Complex z) {
  Complex value = 1, slope = 0;
  for (const double coefficient : a) {
    slope = times(slope, z) + value;
    value = times(value, z) + coefficient;
  }
  if (slope == Complex(0)) return 0;
  return times(value, inverse(slope));
}

// Spread over a circle, off the real line so that no symmetry holds the roots together.
std::vector<Complex> first_guesses(size_t count) {
  std::vector<Complex> guesses(count);
  for (size_t i = 0; i < count; ++i) {
    guesses[i] = std::polar(
        0.9, 2 * std::numbers::pi * (static_cast<double>(i) + 0.3) / static_cast<double>(count));
  }
  return guesses;
}

// Newton's step, pushed away from all other roots.
Complex aberth_step(std::span<const double> a, const std::vector<Complex>& roots, size_t i) {
  const Complex step = newton_step(a, roots[i]);
  Complex push = 0;
  for (size_t j = 0; j < roots.size(); ++j) {
    if (j != i && roots[i] != roots[j]) push += inverse(roots[i] - roots[j]);
  }
  return times(step, inverse(Complex(1) - times(step, push)));
}

}  // namespace

std::vector<Complex> polynomial_roots(std::span<const double> a) {
  constexpr int rounds_max = 100;
  // Roots close together settle slowly.
  constexpr double settled = 1e-10, settled_enough = 1e-5;
  std::vector<Complex> roots = first_guesses(a.size());
  double largest = 0;
  for (int round = 0; round < rounds_max; ++round) {
    largest = 0;
    for (size_t i = 0; i < roots.size(); ++i) {
      const Complex step = aberth_step(a, roots, i);
      roots[i] -= step;
      largest = std::max(largest, std::abs(step));
    }
    if (!std::isfinite(largest)) return {};
    if (largest < settled) return roots;
  }
  return largest < settled_enough ? roots : std::vector<Complex>();
}

std::vector<double> polynomial_of(std::span<const Complex> roots) {
  std::vector<Complex> whole = {1};
  for (const Complex root : roots) {
    whole.push_back(0);
    for (size_t i = whole.size() - 1; i > 0; --i) whole[i] -= times(root, whole[i - 1]);
  }
  std::vector<double> a;
  for (size_t i = 1; i < whole.size(); ++i) a.push_back(whole[i].real());
  return a;
}

}  // namespace faceveil
