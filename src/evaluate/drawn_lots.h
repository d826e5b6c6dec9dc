// Numbers drawn by lot, the same on every machine: the standard's distributions may differ.
#pragma once

#include <cmath>
#include <cstdint>
#include <numbers>

namespace faceveil {

// SplitMix64 (Steele, Lea, Flood 2014).
class DrawnLots {
 public:
  explicit DrawnLots(uint64_t seed) : state_(seed) {}

  uint64_t next() {
    uint64_t value = (state_ += 0x9e3779b97f4a7c15U);
    value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9U;
    value = (value ^ (value >> 27)) * 0x94d049bb133111ebU;
    return value ^ (value >> 31);
  }
  double share() { return static_cast<double>(next() >> 11) * 0x1.0p-53; }  // In [0, 1).
  double between(double low, double high) { return low + share() * (high - low); }
  int below(int count) { return static_cast<int>(share() * count); }
  // Mean 0, deviation 1 (Box, Muller 1958).
  double normal() {
    const double radius = std::sqrt(-2 * std::log(1 - share()));
    return radius * std::cos(2 * std::numbers::pi * share());
  }

 private:
  uint64_t state_;
};

}  // namespace faceveil
