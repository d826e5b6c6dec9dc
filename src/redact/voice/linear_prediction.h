// Linear prediction: the resonances of a vocal tract as an all-pole filter (Makhoul, "Linear
// Prediction: A Tutorial Review", 1975).
#pragma once

#include <span>
#include <vector>

namespace faceveil {

// A(z) = 1 + a[0] z^-1 + ... + a[p-1] z^-p: what predicts a sample from those before it leaves.
struct Predictor {
  std::vector<double> a;
  double error = 0;  // Energy of what is left, of the same scale as autocorrelation[0].
};

// sum of x[n] x[n + lag] for lag 0 to `order`.
std::vector<double> autocorrelate(std::span<const double> signal, int order);

// The best predictor, by the Levinson-Durbin recursion. All its poles lie inside the unit circle.
// For silence (autocorrelation[0] <= 0): all zero.
Predictor levinson(std::span<const double> autocorrelation);

// Predictor of a frame that has its window on already. A floor of noise 60 dB below and a lag
// window of 30 Hz keep the poles away from the unit circle.
Predictor predict_frame(std::span<const double> windowed, int order, double sample_rate_hz);

// What is left of `signal` (zero before it): A(z) x.
std::vector<double> residual_of(std::span<const double> signal, std::span<const double> a);

// The other way (zero before it): x / A(z).
std::vector<double> resonate(std::span<const double> excitation, std::span<const double> a);

}  // namespace faceveil
