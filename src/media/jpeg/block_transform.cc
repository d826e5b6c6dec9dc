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

// turned[x][u] = wave[u][x], so that the innermost loop of either transform runs along a row.
const Waves& turned_waves() {
  static const Waves turned = [] {
    Waves waves;
    for (size_t x = 0; x < side; ++x) {
      for (size_t u = 0; u < side; ++u) waves[x][u] = waves_of(side)[u][x];
    }
    return waves;
  }();
  return turned;
}

// Half away from zero.
int16_t rounded_level(float level) {
  const float kept = std::clamp(level, -coefficient_max, coefficient_max);
  return static_cast<int16_t>(static_cast<int>(kept + (kept < 0 ? -0.5f : 0.5f)));
}

float in_range(float sample) { return std::clamp(sample + level_shift, 0.0f, 255.0f); }

}  // namespace

void inverse_transform(const int16_t* coefficients, const JpegQuantisation& divisors, int across,
                       int down, float* samples) {
  const Waves &horizontal = waves_of(across), &vertical = waves_of(down);
  float rows[side][side];
  for (int v = 0; v < down; ++v) {
    const ptrdiff_t first = ptrdiff_t{v} * side;
    row_to_samples(coefficients + first, divisors.data() + first, horizontal, across, rows[v]);
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
  const Waves& waves = waves_of(side);
  const Waves& turned = turned_waves();
  JpegCoefficients coefficients;
  for (int v = 0; v < side; ++v) {
    float column[side] = {};  // Frequency v down, still samples across.
    for (int y = 0; y < side; ++y) {
      const float weight = waves[static_cast<size_t>(v)][static_cast<size_t>(y)];
      const float* row = samples.data() + ptrdiff_t{y} * side;
      for (int x = 0; x < side; ++x) column[x] += weight * (row[x] - level_shift);
    }
    float sums[side] = {};
    for (int x = 0; x < side; ++x) {
      const float* wave = turned[static_cast<size_t>(x)].data();
      for (int u = 0; u < side; ++u) sums[u] += wave[u] * column[x];
    }
    for (int u = 0; u < side; ++u) {
      const size_t i = static_cast<size_t>(v) * side + static_cast<size_t>(u);
      coefficients[i] = rounded_level(sums[u] / static_cast<float>(divisors[i]));
    }
  }
  return coefficients;
}

}  // namespace faceveil
