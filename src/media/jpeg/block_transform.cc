#include "media/jpeg/block_transform.h"

#include <algorithm>
#include <cmath>

#include "base/check.h"

namespace faceveil {
namespace {

constexpr int side = jpeg_block_side;
constexpr float level_shift = 128;
constexpr float coefficient_max = 1023;  // 8-bit samples: 10 bits and a sign (T.81, table F.2).

// wave[u][x]: frequency u at sample x of `count`.
using Waves = std::array<std::array<float, side>, side>;

Waves make_waves(int count) {
  Waves waves = {};
  for (int u = 0; u < count; ++u) {
    const double scale = u == 0 ? std::sqrt(0.125) : 0.5;
    for (int x = 0; x < count; ++x) {
      waves[static_cast<size_t>(u)][static_cast<size_t>(x)] =
          static_cast<float>(scale * std::cos((2 * x + 1) * u * M_PI / (2 * count)));
    }
  }
  return waves;
}

const Waves& waves_of(int count) {
  static const std::array<Waves, 4> all = {make_waves(1), make_waves(2), make_waves(4),
                                           make_waves(8)};
  switch (count) {
    case 1:
      return all[0];
    case 2:
      return all[1];
    case 4:
      return all[2];
    default:
      CHECK(count == side);
      return all[3];
  }
}

// Row v of the coefficients as samples across.
void row_to_samples(const int16_t* coefficients, const uint16_t* divisors, const Waves& waves,
                    int count, float* row) {
  std::fill_n(row, side, 0.0f);
  for (int u = 0; u < count; ++u) {
    const float value = static_cast<float>(coefficients[u]) * static_cast<float>(divisors[u]);
    if (value == 0) continue;
    const float* wave = waves[static_cast<size_t>(u)].data();
    for (int x = 0; x < side; ++x) row[x] += value * wave[x];
  }
}

// The waves of even u are the same from either end, those of odd u change their sign: four samples'
// sums, and four samples' differences, are all that a frequency needs. half[x][k]: even frequencies
// 2k in the first four places, odd ones 2k + 1 in the others, so that loops run along a row.
constexpr int half = side / 2;

const Waves& half_waves() {
  static const Waves made = [] {
    Waves waves = {};
    for (size_t x = 0; x < half; ++x) {
      for (size_t k = 0; k < half; ++k) {
        waves[x][k] = waves_of(side)[2 * k][x];
        waves[x][half + k] = waves_of(side)[2 * k + 1][x];
      }
    }
    return waves;
  }();
  return made;
}

// Half away from zero.
int16_t rounded_level(float level) {
  const float kept = std::clamp(level, -coefficient_max, coefficient_max);
  return static_cast<int16_t>(static_cast<int>(kept + std::copysign(0.5f, kept)));
}

float in_range(float sample) { return std::clamp(sample + level_shift, 0.0f, 255.0f); }

}  // namespace

void inverse_transform(const int16_t* coefficients, const JpegQuantisation& divisors, int across,
                       int down, float* samples) {
  const Waves &horizontal = waves_of(across), &vertical = waves_of(down);
  float rows[side][side];
  for (int v = 0; v < down; ++v) {
    row_to_samples(coefficients + ptrdiff_t{v} * side, divisors.data() + ptrdiff_t{v} * side,
                   horizontal, across, rows[v]);
  }
  for (int y = 0; y < down; ++y) {
    float sums[side] = {};
    for (int v = 0; v < down; ++v) {
      const float weight = vertical[static_cast<size_t>(v)][static_cast<size_t>(y)];
      for (int x = 0; x < side; ++x) sums[x] += weight * rows[v][x];
    }
    for (int x = 0; x < across; ++x) samples[y * across + x] = in_range(sums[x]);
  }
}

JpegCoefficients forward_transform(const JpegSamples& samples, const JpegQuantisation& divisors) {
  const Waves& waves = half_waves();
  float sums[half][side], differences[half][side];  // Of row y and the row as far from the bottom.
  for (int y = 0; y < half; ++y) {
    const float* upper = samples.data() + ptrdiff_t{y} * side;
    const float* lower = samples.data() + ptrdiff_t{side - 1 - y} * side;
    for (int x = 0; x < side; ++x) {
      sums[y][x] = (upper[x] - level_shift) + (lower[x] - level_shift);
      differences[y][x] = upper[x] - lower[x];
    }
  }
  JpegCoefficients coefficients;
  for (int v = 0; v < side; ++v) {
    const auto& folded = v % 2 ? differences : sums;
    float row[side] = {};  // Frequency v down, still samples across.
    for (int y = 0; y < half; ++y) {
      const int place = v / 2 + (v % 2 ? half : 0);
      const float weight = waves[static_cast<size_t>(y)][static_cast<size_t>(place)];
      for (int x = 0; x < side; ++x) row[x] += weight * folded[y][x];
    }
    float even[half] = {}, odd[half] = {};
    for (int x = 0; x < half; ++x) {
      const float* wave = waves[static_cast<size_t>(x)].data();
      const float sum = row[x] + row[side - 1 - x], difference = row[x] - row[side - 1 - x];
      for (int k = 0; k < half; ++k) {
        even[k] += wave[k] * sum;
        odd[k] += wave[half + k] * difference;
      }
    }
    const uint16_t* divisor = divisors.data() + ptrdiff_t{v} * side;
    int16_t* levels = coefficients.data() + ptrdiff_t{v} * side;
    for (ptrdiff_t k = 0; k < half; ++k) {
      levels[2 * k] = rounded_level(even[k] / static_cast<float>(divisor[2 * k]));
      levels[2 * k + 1] = rounded_level(odd[k] / static_cast<float>(divisor[2 * k + 1]));
    }
  }
  return coefficients;
}

}  // namespace faceveil
