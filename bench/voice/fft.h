// The discrete Fourier transform, for lengths that are powers of two (Cooley and Tukey, 1965).
#pragma once

#include <complex>
#include <vector>

namespace faceveil::bench {

// In place.
void fft(std::vector<std::complex<double>>&);

}  // namespace faceveil::bench
