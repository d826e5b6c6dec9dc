// What is fed to a changed vocal tract: the speaker's own, at another pitch, or a machine's.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "redact/voice/sinc.h"

namespace faceveil {

// `residual` read at `ratio` times its speed around its sample `centre`: `count` samples, of which
// the one at `count_before` stands at the centre. Band-limited; outside `residual` is silence.
std::vector<double> read_at_speed(std::span<const double> residual, double centre, double ratio,
                                  int count_before, int count, const SincKernel& kernel);

// The shift in [-shift_max, shift_max] at which `candidate` (with shift_max samples more at both
// ends than `wanted`) resembles `wanted` most: where periods fall on periods. The smallest of
// equals; 0 where either is silent.
int best_shift(std::span<const double> wanted, std::span<const double> candidate, int shift_max);

// The excitation of the robot at the absolute sample `n`: a pulse each period for voiced sound,
// noise else, both of unit power. The noise is a function of n and `seed`, so that frames that
// overlap agree.
double robot_excitation(int64_t n, bool voiced, double pitch_hz, uint64_t seed);

}  // namespace faceveil
