// What speaks for a cluster being a face, before anybody takes a close look.
#pragma once

#include <array>
#include <span>
#include <vector>

#include "detect/cluster.h"
#include "detect/pyramid.h"

namespace faceveil {

// Whose word it is: each packaged network has a slot of its own, all that users bring share one.
enum class Witness : uint8_t { blaze_face, ultra_light, brought };
inline constexpr size_t witness_count = 3;

// The best calibrated log odds that each kind of witness gives, limited to [-6, 8]; -6 where it
// says nothing.
using Testimony = std::array<float, witness_count>;

// One for each cluster. `beliefs` belong to the clusters and to `sightings`; `witnesses` by
// network.
std::vector<Testimony> hear(std::span<const Cluster> clusters, std::span<const Belief> beliefs,
                            std::span<const LevelCandidate> sightings,
                            std::span<const Witness> witnesses);

}  // namespace faceveil
