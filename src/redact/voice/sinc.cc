#include "redact/voice/sinc.h"

#include <cmath>
#include <numbers>

namespace faceveil {
namespace {

constexpr int steps = 512;  // Of the table between two zero crossings: errors below -90 dB.
constexpr double kaiser_beta = 9;

// Modified Bessel function of order 0, by its power series.
double bessel(double x) {
  double term = 1, sum = 1;
  for (int k = 1; k < 60 && term > sum * 1e-16; ++k) {
    term *= (x / (2 * k)) * (x / (2 * k));
    sum += term;
  }
  return sum;
}

double windowed_sinc(double x, int half_width) {
  const double share = x / half_width;
  if (share >= 1) return 0;
  if (x == 0) return 1;
  const double angle = std::numbers::pi * x;
  const double window = bessel(kaiser_beta * std::sqrt(1 - share * share)) / bessel(kaiser_beta);
  return std::sin(angle) / angle * window;
}

}  // namespace

SincKernel::SincKernel(int half_width) : half_width_(half_width) {
  table_.resize(static_cast<size_t>(half_width * steps) + 2, 0.0);
  for (int i = 0; i < half_width * steps; ++i) {
    const bool is_crossing = i > 0 && i % steps == 0;
    table_[static_cast<size_t>(i)] =
        is_crossing ? 0 : windowed_sinc(static_cast<double>(i) / steps, half_width);
  }
}

double SincKernel::at(double x) const {
  const double place = std::abs(x) * steps;
  if (place >= static_cast<double>(half_width_ * steps)) return 0;
  const auto index = static_cast<size_t>(place);
  const double share = place - static_cast<double>(index);
  return table_[index] + share * (table_[index + 1] - table_[index]);
}

}  // namespace faceveil
