#include "redact/residual.h"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/support/residual_measure.h"

namespace faceveil {
namespace {

int claimed(const Region& region, PixelFormat format = PixelFormat::rgb8) {
  return residual_claim(region, format).n_eq;
}

TEST(Residual, OfAMeanOfBlocksIsTheNumberOfBlocks) {
  for (const int blocks : {4, 6, 8}) {
    const int side = 48, block = side / blocks;
    test::Operator means{side, std::vector<double>(size_t{48} * 48)};
    for (int row = 0; row < side; ++row) {
      for (int i = 0; i < block; ++i) {
        means.values[size_t(row * side + row / block * block + i)] = 1.0 / block;
      }
    }
    EXPECT_DOUBLE_EQ(test::equivalent_side(means), blocks);
  }
}

TEST(Residual, OfNoEffectIsEveryPixel) {
  EXPECT_DOUBLE_EQ(test::equivalent_side(test::kernel_operator({1}, 30)), 30);
}

// What paint() does is the textbook operator.
TEST(Residual, ThePaintedBlurIsItsKernel) {
  const Region region = test::square_region(Effect::blur, 60);
  const test::Operator painted = test::painted_operator(region);
  const test::Operator textbook =
      test::kernel_operator(test::gaussian_kernel(0.3 * (19 - 1) * 0.5 + 0.5, 19), painted.side);
  for (size_t i = 0; i < painted.values.size(); ++i) {
    ASSERT_NEAR(painted.values[i], textbook.values[i], 1e-3) << i;
  }
}

TEST(Residual, TheClaimForBlurIsNeverBelowTheMeasuredAndNotFarAbove) {
  for (const float width : {5.0f, 12.0f, 24.0f, 40.0f, 64.0f, 96.0f, 130.0f}) {
    const Region region = test::square_region(Effect::blur, width);
    const double measured = test::equivalent_side(test::painted_operator(region));
    EXPECT_GE(claimed(region), measured) << width;
    EXPECT_LE(claimed(region), std::ceil(1.4 * measured)) << width;
    EXPECT_EQ(residual_claim(region, PixelFormat::rgb8).kind, ResidualClaim::Kind::reversible);
  }
}

TEST(Residual, TheClaimForMosaicBoundsTheMeasured) {
  for (const float width : {3.0f, 12.0f, 24.0f, 50.0f, 101.0f}) {
    const Region region = test::square_region(Effect::mosaic, width);
    EXPECT_LE(test::independent_side(region), claimed(region)) << width;
    EXPECT_GE(test::independent_side(region), 1) << width;
  }
}

TEST(Residual, OfContentIndependentEffectsIsNothing) {
  for (const Effect effect : {Effect::veil, Effect::solid, Effect::emoji, Effect::image}) {
    const Region region = test::square_region(effect, 50);
    EXPECT_EQ(claimed(region), 0);
    EXPECT_EQ(residual_claim(region, PixelFormat::rgb16).kind, ResidualClaim::Kind::nothing);
    EXPECT_EQ(test::independent_side(region), 0) << effect_name(effect);
  }
}

// 16 bits keep what 8 bits round away.
TEST(Residual, InSixteenBitsNothingIsSaidToBeLost) {
  const Region region = test::square_region(Effect::blur, 100);
  EXPECT_EQ(claimed(region, PixelFormat::rgb16), 140);
  EXPECT_LT(claimed(region, PixelFormat::rgb8), 40);
}

}  // namespace
}  // namespace faceveil
