#include "bench/voice/fft.h"

#include <numbers>

namespace faceveil::bench {

void fft(std::vector<std::complex<double>>& x) {
  if (x.size() == 1) return;
  std::vector<std::complex<double>> even, odd;
  for (size_t i = 0; i < x.size(); i += 2) even.push_back(x[i]), odd.push_back(x[i + 1]);
  fft(even);
  fft(odd);
  const size_t half = x.size() / 2;
  for (size_t k = 0; k < half; ++k) {
    const double angle =
        -2 * std::numbers::pi * static_cast<double>(k) / static_cast<double>(x.size());
    const std::complex<double> turned = std::polar(1.0, angle) * odd[k];
    x[k] = even[k] + turned;
    x[k + half] = even[k] - turned;
  }
}

}  // namespace faceveil::bench
