#include "detect/evidence.h"

#include <algorithm>
#include <cmath>

namespace faceveil {
namespace {

constexpr float nothing_said = -6, log_odds_max = 8;

float log_odds(float probability) {
  const float p = std::clamp(probability, 1e-6f, 1 - 1e-6f);
  return std::clamp(std::log(p / (1 - p)), nothing_said, log_odds_max);
}

}  // namespace

std::vector<Testimony> hear(std::span<const Cluster> clusters, std::span<const Belief> beliefs,
                            std::span<const LevelCandidate> sightings,
                            std::span<const Witness> witnesses) {
  std::vector<Testimony> heard;
  heard.reserve(clusters.size());
  for (const Cluster& cluster : clusters) {
    Testimony best;
    best.fill(nothing_said);
    for (const int member : cluster.members) {
      const Belief& belief = beliefs[static_cast<size_t>(member)];
      const int network = sightings[static_cast<size_t>(belief.sighting)].network;
      float& slot = best[static_cast<size_t>(witnesses[static_cast<size_t>(network)])];
      slot = std::max(slot, log_odds(belief.probability));
    }
    heard.push_back(best);
  }
  return heard;
}

}  // namespace faceveil
