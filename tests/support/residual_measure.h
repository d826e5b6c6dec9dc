// Residual information of an effect, measured through paint(): the slow truth behind
// redact/residual.h, for its test and for bench/residual.
#pragma once

#include <vector>

#include "base/geometry.h"
#include "plan/plan.h"

namespace faceveil::test {

// A square region, as the program makes it of a face of that width: grown by 20 % a side.
Region square_region(Effect, float face_width_px);

// One axis of a linear separable operator, row by row: sample `row` of the output for one of the
// input. Square.
struct Operator {
  int side = 0;
  std::vector<double> values;
};

// The operator of a linear effect over a square region whose surroundings are known (an attacker
// sees them): column by column, from what paint() makes of a picture with one white column.
Operator painted_operator(const Region& square);

// The operator of a kernel over `side` pixels with known surroundings.
Operator kernel_operator(const std::vector<double>& kernel, int side);
std::vector<double> gaussian_kernel(double sigma, int size);

// The number of products of two singular values that reach 1 / 255, as the side of a square, not
// rounded.
double equivalent_side(const Operator&);

// For effects that are not linear: the number of groups of pixels in the region that have one
// colour each in many random pictures, as the side of a square; 0 where the region's pixels are the
// same for all contents.
double independent_side(const Region& square);

}  // namespace faceveil::test
