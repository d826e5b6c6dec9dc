#include "redact/voice/linear_prediction.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace faceveil {

std::vector<double> autocorrelate(std::span<const double> signal, int order) {
  std::vector<double> sums(static_cast<size_t>(order) + 1, 0.0);
  for (size_t lag = 0; lag < sums.size() && lag < signal.size(); ++lag) {
    for (size_t n = lag; n < signal.size(); ++n) sums[lag] += signal[n] * signal[n - lag];
  }
  return sums;
}

Predictor levinson(std::span<const double> autocorrelation) {
  const size_t order = autocorrelation.size() - 1;
  Predictor predictor{std::vector<double>(order, 0.0), autocorrelation[0]};
  if (!(autocorrelation[0] > 0)) return predictor;
  std::vector<double>& a = predictor.a;
  for (size_t i = 0; i < order; ++i) {
    double sum = autocorrelation[i + 1];
    for (size_t j = 0; j < i; ++j) sum += a[j] * autocorrelation[i - j];
    const double reflection = -sum / predictor.error;
    const std::vector<double> before(a.begin(), a.begin() + static_cast<ptrdiff_t>(i));
    for (size_t j = 0; j < i; ++j) a[j] += reflection * before[i - 1 - j];
    a[i] = reflection;
    predictor.error *= 1 - reflection * reflection;
    if (!(predictor.error > 0)) break;  // Perfectly predictable; nothing more to learn.
  }
  return predictor;
}

Predictor predict_frame(std::span<const double> windowed, int order, double sample_rate_hz) {
  constexpr double noise_floor = 1e-6, lag_window_hz = 30;
  std::vector<double> sums = autocorrelate(windowed, order);
  sums[0] *= 1 + noise_floor;
  for (size_t lag = 1; lag < sums.size(); ++lag) {
    const double angle =
        2 * std::numbers::pi * lag_window_hz * static_cast<double>(lag) / sample_rate_hz;
    sums[lag] *= std::exp(-0.5 * angle * angle);
  }
  return levinson(sums);
}

std::vector<double> residual_of(std::span<const double> signal, std::span<const double> a) {
  std::vector<double> residual(signal.begin(), signal.end());
  for (size_t n = 0; n < signal.size(); ++n) {
    const size_t reach = std::min(n, a.size());
    for (size_t k = 0; k < reach; ++k) residual[n] += a[k] * signal[n - 1 - k];
  }
  return residual;
}

std::vector<double> resonate(std::span<const double> excitation, std::span<const double> a) {
  std::vector<double> signal(excitation.begin(), excitation.end());
  for (size_t n = 0; n < signal.size(); ++n) {
    const size_t reach = std::min(n, a.size());
    for (size_t k = 0; k < reach; ++k) signal[n] -= a[k] * signal[n - 1 - k];
  }
  return signal;
}

}  // namespace faceveil
