// Moves the resonances of a vocal tract by the McAdams coefficient: Patino et al., "Speaker
// anonymisation using the McAdams coefficient", 2020.
#pragma once

#include <span>
#include <vector>

namespace faceveil {

// The poles of 1 / A(z) at 16 kHz, each complex one turned from the angle phi to phi^alpha radians
// (phi in (0, pi)). alpha 1 changes nothing; below 1 resonances under 2546 Hz rise and those above
// fall; above 1 the other way about. Real poles stay. Gives `a` back where nothing can be turned.
std::vector<double> warp_formants(std::span<const double> a, double alpha);

// Widens all resonances: each pole drawn to the centre by `factor` in (0, 1].
std::vector<double> widen_formants(std::span<const double> a, double factor);

}  // namespace faceveil
