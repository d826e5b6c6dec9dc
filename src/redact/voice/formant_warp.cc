#include "redact/voice/formant_warp.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "redact/voice/polynomial_roots.h"

namespace faceveil {
namespace {

// A pole nearer to the real line than this is a slope of the spectrum, not a resonance.
constexpr double real_angle = 1e-4;
// Turned poles keep away from 0 and the highest frequency, where a pair would melt into one, and
// from the unit circle, where they would ring.
constexpr double angle_margin = 0.03, radius_max = 0.985;

std::complex<double> turned(std::complex<double> pole, double alpha) {
  const double angle = std::abs(std::arg(pole));
  if (angle < real_angle || angle > std::numbers::pi - real_angle) return pole;
  const double warped =
      std::clamp(std::pow(angle, alpha), angle_margin, std::numbers::pi - angle_margin);
  return std::polar(std::min(std::abs(pole), radius_max), std::copysign(warped, pole.imag()));
}

}  // namespace

std::vector<double> warp_formants(std::span<const double> a, double alpha) {
  std::vector<double> same(a.begin(), a.end());
  if (alpha == 1) return same;
  std::vector<std::complex<double>> poles = polynomial_roots(a);
  if (poles.empty()) return same;
  for (std::complex<double>& pole : poles) pole = turned(pole, alpha);
  return polynomial_of(poles);
}

std::vector<double> widen_formants(std::span<const double> a, double factor) {
  std::vector<double> wide(a.begin(), a.end());
  double power = 1;
  for (double& coefficient : wide) coefficient *= power *= factor;
  return wide;
}

}  // namespace faceveil
