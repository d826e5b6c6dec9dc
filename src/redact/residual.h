// What a machine can still read out of a hidden region, as one number, for the reports.
//
// N_eq is the side of the pixel grid that the best *linear* inversion still recovers from the
// region: the square root of the number of products s_i s_j of singular values of the effect's
// operator (one axis of the square region; all effects are separable) that reach 1 / 255, rounded
// up. A pattern over the region with a smaller one moves no 8-bit sample by a full level, even if
// it runs from black to white. An attacker with a prior of faces gets more out of the same numbers:
// so N_eq bounds what `mosaic` leaves, and says at least how much `blur` leaves.
// docs/privacy.md has the figures; bench/residual computes them through paint().
#pragma once

#include <string_view>

#include "media/image.h"
#include "plan/plan.h"

namespace faceveil {

struct ResidualClaim {
  enum class Kind { nothing, bounded, reversible };
  Kind kind = Kind::nothing;
  int n_eq = 0;  // Of `bounded` and `reversible`, at least 1.
};

// Of a region as paint() treats it in a picture of that format. Never below what bench/residual
// computes (redact_test holds the two together), and for `blur` at most 40 % above.
ResidualClaim residual_claim(const Region&, PixelFormat);

// "nothing", "bounded", "reversible": as in the reports.
std::string_view claim_name(ResidualClaim::Kind);

}  // namespace faceveil
