#include "redact/harmonic_fill.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

namespace faceveil {
namespace {

// The slow obvious version: every wanted value becomes the mean of its neighbours until nothing
// moves.
void fill_slowly(SamplePlane& plane) {
  const int width = plane.size.width, height = plane.size.height;
  for (int round = 0; round < 20'000; ++round) {
    float most_moved = 0;
    for (int y = 0; y < height; ++y) {
      for (int x = 0; x < width; ++x) {
        const size_t i = plane.index(x, y);
        if (plane.cells[i] != Cell::wanted) continue;
        float sum = 0, count = 0;
        const auto add = [&](int u, int v) {
          if (u < 0 || v < 0 || u >= width || v >= height) return;
          if (plane.cells[plane.index(u, v)] == Cell::absent) return;
          sum += plane.values[plane.index(u, v)];
          count += 1;
        };
        add(x - 1, y), add(x + 1, y), add(x, y - 1), add(x, y + 1);
        if (count == 0) continue;
        most_moved = std::max(most_moved, std::abs(sum / count - plane.values[i]));
        plane.values[i] = sum / count;
      }
    }
    if (most_moved < 1e-4f) return;
  }
}

// A hole of 8x8 blocks in the midst of known values, some blocks at the border absent.
SamplePlane random_plane(std::mt19937& random) {
  const int across = static_cast<int>(3 + random() % 8), down = static_cast<int>(3 + random() % 8);
  SamplePlane plane({8 * across, 8 * down});
  const float slope_x = static_cast<float>(random() % 100) / 100;
  const float slope_y = static_cast<float>(random() % 100) / 100;
  const auto noise = static_cast<float>(random() % 2 ? 0 : random() % 20);
  for (int y = 0; y < plane.size.height; ++y) {
    for (int x = 0; x < plane.size.width; ++x) {
      const int block_x = x / 8, block_y = y / 8;
      const bool inner = block_x > 0 && block_y > 0 && block_x < across - 1 && block_y < down - 1;
      const bool corner = block_x == 0 && block_y == 0;
      const size_t i = plane.index(x, y);
      plane.cells[i] = inner ? Cell::wanted : corner ? Cell::absent : Cell::known;
      if (plane.cells[i] != Cell::known) continue;
      const float grain = noise * (static_cast<float>(random() % 1000) / 1000 - 0.5f);
      plane.values[i] = 60 + slope_x * static_cast<float>(x) + slope_y * static_cast<float>(y) +
                        grain + (block_y == 0 && x > plane.size.width / 2 ? 40.0f : 0.0f);
    }
  }
  return plane;
}

TEST(HarmonicFill, AgreesWithTheSlowVersion) {
  const uint32_t first_seed = std::random_device()();
  for (uint32_t seed = first_seed; seed != first_seed + 60; ++seed) {
    std::mt19937 random(seed);
    SamplePlane fast = random_plane(random);
    SamplePlane slow = fast;
    fill_harmonically(fast, 0);
    fill_slowly(slow);
    double sum = 0, most = 0, count = 0;
    for (size_t i = 0; i < fast.values.size(); ++i) {
      if (fast.cells[i] != Cell::wanted) {
        ASSERT_EQ(fast.values[i], slow.values[i]);
        continue;
      }
      const double off = std::abs(fast.values[i] - slow.values[i]);
      sum += off, count += 1, most = std::max(most, off);
    }
    EXPECT_LT(sum / count, 1.5) << "seed " << seed;
    EXPECT_LT(most, 8) << "seed " << seed;
  }
}

// A plane is harmonic: it goes on through the hole.
TEST(HarmonicFill, ContinuesASlope) {
  SamplePlane plane({120, 96});
  for (int y = 0; y < 96; ++y) {
    for (int x = 0; x < 120; ++x) {
      const size_t i = plane.index(x, y);
      const bool inside = x >= 16 && x < 104 && y >= 16 && y < 80;
      plane.cells[i] = inside ? Cell::wanted : Cell::known;
      plane.values[i] = inside ? 0 : static_cast<float>(x) + 0.5f * static_cast<float>(y);
    }
  }
  fill_harmonically(plane, 0);
  for (int y = 0; y < 96; ++y) {
    for (int x = 0; x < 120; ++x) {
      EXPECT_NEAR(plane.values[plane.index(x, y)],
                  static_cast<float>(x) + 0.5f * static_cast<float>(y), 2)
          << x << "," << y;
    }
  }
}

// Only what touches the hole counts.
TEST(HarmonicFill, DoesNotReadPastTheRimNorWhatWasInside) {
  const uint32_t seed = std::random_device()();
  SCOPED_TRACE(testing::Message() << "seed " << seed);
  std::mt19937 random(seed);
  SamplePlane one({64, 64});
  for (size_t i = 0; i < one.cells.size(); ++i) {
    const size_t x = i % 64, y = i / 64;
    const bool inside = x >= 16 && x < 48 && y >= 16 && y < 48;
    const bool rim = x >= 8 && x < 56 && y >= 8 && y < 56;
    one.cells[i] = inside ? Cell::wanted : rim ? Cell::known : Cell::absent;
    one.values[i] = static_cast<float>(random() % 256);
  }
  SamplePlane other = one;
  for (size_t i = 0; i < other.cells.size(); ++i) {
    if (other.cells[i] != Cell::known) other.values[i] = static_cast<float>(random() % 256);
  }
  fill_harmonically(one, 0);
  fill_harmonically(other, 0);
  for (size_t i = 0; i < one.cells.size(); ++i) {
    if (one.cells[i] == Cell::wanted) {
      ASSERT_EQ(one.values[i], other.values[i]);
    }
  }
}

TEST(HarmonicFill, WithoutSurroundingsTheFallbackIsAllThereIs) {
  SamplePlane plane({37, 21});
  std::fill(plane.cells.begin(), plane.cells.end(), Cell::wanted);
  fill_harmonically(plane, 99);
  for (const float value : plane.values) EXPECT_FLOAT_EQ(value, 99);
}

}  // namespace
}  // namespace faceveil
