#include "redact/voice/linear_prediction.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

namespace faceveil {
namespace {

std::vector<double> random_signal(size_t length, uint32_t seed) {
  std::mt19937 random(seed);
  std::normal_distribution<double> normal;
  std::vector<double> signal(length);
  for (double& sample : signal) sample = normal(random);
  return signal;
}

// The normal equations as they stand, by Gaussian elimination: the slow way.
std::vector<double> solve_normal_equations(const std::vector<double>& sums) {
  const size_t order = sums.size() - 1;
  std::vector<std::vector<double>> rows(order, std::vector<double>(order + 1));
  for (size_t i = 0; i < order; ++i) {
    for (size_t j = 0; j < order; ++j) rows[i][j] = sums[i > j ? i - j : j - i];
    rows[i][order] = -sums[i + 1];
  }
  for (size_t i = 0; i < order; ++i) {
    for (size_t k = 0; k < order; ++k) {
      if (k == i) continue;
      const double factor = rows[k][i] / rows[i][i];
      for (size_t j = i; j <= order; ++j) rows[k][j] -= factor * rows[i][j];
    }
  }
  std::vector<double> a(order);
  for (size_t i = 0; i < order; ++i) a[i] = rows[i][order] / rows[i][i];
  return a;
}

TEST(LinearPrediction, LevinsonSolvesTheNormalEquations) {
  for (uint32_t seed = 0; seed < 20; ++seed) {
    const std::vector<double> sums = autocorrelate(random_signal(200, seed), 18);
    const std::vector<double> wanted = solve_normal_equations(sums);
    const std::vector<double> found = levinson(sums).a;
    for (size_t i = 0; i < wanted.size(); ++i) EXPECT_NEAR(found[i], wanted[i], 1e-9);
  }
}

TEST(LinearPrediction, FindsTheFilterThatMadeTheSound) {
  const std::vector<double> a = {-1.2, 0.9, -0.3};
  const std::vector<double> sound = resonate(random_signal(200'000, 5), a);
  const Predictor predictor = levinson(autocorrelate(sound, 3));
  for (size_t i = 0; i < a.size(); ++i) EXPECT_NEAR(predictor.a[i], a[i], 0.01);
}

TEST(LinearPrediction, ResonanceUndoesResidual) {
  const std::vector<double> signal = random_signal(600, 7);
  const std::vector<double> a = predict_frame(signal, 18, 16'000).a;
  const std::vector<double> back = resonate(residual_of(signal, a), a);
  for (size_t n = 0; n < signal.size(); ++n) EXPECT_NEAR(back[n], signal[n], 1e-9);
}

TEST(LinearPrediction, SilenceIsPredictedByNothing) {
  const Predictor predictor = predict_frame(std::vector<double>(512, 0.0), 18, 16'000);
  for (const double coefficient : predictor.a) EXPECT_EQ(coefficient, 0);
}

TEST(LinearPrediction, PureTonesStayStable) {
  for (const double hz : {50.0, 1000.0, 7900.0}) {
    std::vector<double> tone(512);
    for (size_t n = 0; n < tone.size(); ++n) {
      tone[n] = std::sin(2 * M_PI * hz / 16'000 * static_cast<double>(n));
    }
    std::vector<double> pulse(20'000, 0.0);
    pulse[0] = 1;
    const std::vector<double> ringing = resonate(pulse, predict_frame(tone, 18, 16'000).a);
    EXPECT_LT(std::abs(ringing.back()), 1e-3) << hz;
  }
}

}  // namespace
}  // namespace faceveil
