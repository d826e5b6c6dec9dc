#include "redact/voice/polynomial_roots.h"

#include <gtest/gtest.h>

#include <random>

#include "redact/voice/formant_warp.h"
#include "redact/voice/linear_prediction.h"

namespace faceveil {
namespace {

using Complex = std::complex<double>;

// Pairs inside the unit circle, and two real ones.
std::vector<Complex> random_roots(std::mt19937& random, int pairs) {
  std::uniform_real_distribution<double> radius(0.3, 0.99), angle(0.05, 3.1);
  std::vector<Complex> roots = {-0.4, 0.8};
  for (int i = 0; i < pairs; ++i) {
    roots.push_back(std::polar(radius(random), angle(random)));
    roots.push_back(std::conj(roots.back()));
  }
  return roots;
}

double distance_to(const std::vector<Complex>& roots, Complex wanted) {
  double nearest = 1e9;
  for (const Complex root : roots) nearest = std::min(nearest, std::abs(root - wanted));
  return nearest;
}

TEST(PolynomialRoots, FindsTheRootsThatItWasMadeOf) {
  std::mt19937 random(3);
  for (int round = 0; round < 200; ++round) {
    const std::vector<Complex> wanted = random_roots(random, 1 + round % 8);
    const std::vector<Complex> found = polynomial_roots(polynomial_of(wanted));
    ASSERT_EQ(found.size(), wanted.size());
    for (const Complex root : wanted) EXPECT_LT(distance_to(found, root), 1e-5);
  }
}

TEST(PolynomialRoots, NothingToFindEndsToo) {
  for (const auto& a : {std::vector<double>(18, 0.0), std::vector<double>{}, {1e300, 1e300}}) {
    const std::vector<Complex> roots = polynomial_roots(a);
    EXPECT_TRUE(roots.empty() || roots.size() == a.size());
  }
}

TEST(FormantWarp, AlphaOneChangesNothing) {
  const std::vector<double> a = {-1.2, 0.9, -0.3};
  EXPECT_EQ(warp_formants(a, 1), a);
}

TEST(FormantWarp, TurnsEveryPoleByThePowerOfItsAngle) {
  const std::vector<Complex> poles = {std::polar(0.95, 0.3), std::polar(0.95, -0.3),
                                      std::polar(0.9, 1.5), std::polar(0.9, -1.5), 0.5};
  const std::vector<double> warped = warp_formants(polynomial_of(poles), 0.8);
  const std::vector<Complex> found = polynomial_roots(warped);
  EXPECT_LT(distance_to(found, std::polar(0.95, std::pow(0.3, 0.8))), 1e-6);
  EXPECT_LT(distance_to(found, std::polar(0.9, std::pow(1.5, 0.8))), 1e-6);
  EXPECT_LT(distance_to(found, 0.5), 1e-6);
}

}  // namespace
}  // namespace faceveil
