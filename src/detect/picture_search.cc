#include "detect/picture_search.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "base/check.h"

namespace faceveil {
namespace {

// Below this no network's word is worth listening to, whatever its calibration.
constexpr float logit_min = -3;

// Longer sides of the levels, chosen on pictures of 500 to 600 pixels (docs/detection.md): the
// smallest level is what the network was made for, each further one doubles it.
NetworkLevels levels_of(Witness witness, Search search) {
  const bool is_thorough = search == Search::thorough;
  switch (witness) {
    case Witness::blaze_face:
      if (is_thorough) return {{192, 272, 384, 544, 768, 1152, 1536}, 12};
      return {{192, 384, 768, 1152}, 9};
    case Witness::ultra_light:
      if (is_thorough) return {{320, 480, 640, 960, 1280}, 10};
      return {{320, 640, 960}, 8};
    case Witness::brought:
      break;
  }
  return {{640, 960, 1280}, is_thorough ? 10.0 : 8.0};
}

PyramidOptions pyramid_options(const std::vector<Witness>& witnesses, double face_min_px,
                               Search search) {
  PyramidOptions options;
  options.face_min_px = face_min_px;
  options.enlargement_max = 3;
  for (const Witness witness : witnesses) options.networks.push_back(levels_of(witness, search));
  return options;
}

// Thorough search looks with the first network at mirrored and turned copies too: for profiles, and
// for people who lie or hang upside down. Coarse levels only: turned specks are nobody's faces.
PyramidOptions turned_options() {
  PyramidOptions options;
  options.networks = {{{192, 384}, 0.01}};
  options.enlargement_max = 3;
  options.views = {{true, 0}, {false, 90}, {false, 180}, {false, 270}, {false, 30}, {false, -30}};
  return options;
}

// A side at which every network knows faces well; three of it, a window around a face, fit in 128
// pixels, a size that no network needs to pad.
constexpr double side_known_px = 36;

std::vector<Level> levels_for_side(double side_px, size_t networks) {
  std::vector<Level> levels;
  for (size_t i = 0; i < networks; ++i) {
    levels.push_back({static_cast<int>(i), std::min(1.0, side_known_px / side_px), View{}});
  }
  return levels;
}

float side_of(const Rect& box) { return std::sqrt(box.area()); }

}  // namespace

PictureSearch::PictureSearch(std::vector<std::shared_ptr<const FaceNetwork>> networks,
                             std::vector<Witness> witnesses, const FusionModel& model)
    : networks_(std::move(networks)),
      witnesses_(std::move(witnesses)),
      belief_min_(model.belief_min),
      overlap_(model.overlap) {
  CHECK(networks_.size() == witnesses_.size());
  for (const auto& network : networks_) {
    calibrations_.push_back(model.calibration_of(network->name()));
  }
}

std::vector<Level> PictureSearch::levels(Size picture, const PictureSearchOptions& options) const {
  if (options.expected_side_px) {
    return levels_for_side(*options.expected_side_px, networks_.size());
  }
  std::vector<Level> levels =
      levels_for(picture, pyramid_options(witnesses_, options.face_min_px, options.search));
  if (options.search == Search::thorough) {
    const std::vector<Level> turned = levels_for(picture, turned_options());
    levels.insert(levels.end(), turned.begin(), turned.end());
  }
  return levels;
}

float PictureSearch::probability_of(const LevelCandidate& sighting,
                                    std::span<const Level> levels) const {
  const Calibration& calibration = calibrations_[static_cast<size_t>(sighting.network)];
  const Level& level = levels[static_cast<size_t>(sighting.level)];
  const Candidate& candidate = sighting.candidate;
  const auto side_px = static_cast<float>(side_of(candidate.box) * level.scale);
  return faceveil::probability_of(calibration, candidate.logit, side_px);
}

std::vector<Belief> PictureSearch::believe(const Findings& found) const {
  std::vector<Belief> beliefs;
  for (size_t i = 0; i < found.sightings.size(); ++i) {
    const LevelCandidate& sighting = found.sightings[i];
    const Calibration& calibration = calibrations_[static_cast<size_t>(sighting.network)];
    beliefs.push_back({corrected_box(calibration, sighting.candidate.box),
                       probability_of(sighting, found.levels), static_cast<int>(i)});
  }
  return beliefs;
}

Result<Findings> PictureSearch::search(const Halvings& picture, const PictureSearchOptions& options,
                                       const StopRequested& stop_requested) const {
  Findings found;
  found.levels = levels(picture.size(), options);
  std::vector<const FaceNetwork*> networks;
  for (const auto& network : networks_) networks.push_back(network.get());
  LookOptions look;
  look.logit_min = logit_min;
  look.thread_count = options.thread_count;
  look.stop_requested = stop_requested;
  look.is_wanted = [&](const LevelCandidate& sighting) {
    return probability_of(sighting, found.levels) >= belief_min_;
  };
  found.sightings = TRY(look_everywhere(picture, networks, found.levels, look));
  found.beliefs = believe(found);
  found.clusters = cluster_beliefs(found.beliefs, overlap_);
  found.testimonies = hear(found.clusters, found.beliefs, found.sightings, witnesses_);
  return found;
}

double PictureSearch::gflop(Size picture, const PictureSearchOptions& options) const {
  double sum = 0;
  for (const Level& level : levels(picture, options)) {
    sum += networks_[static_cast<size_t>(level.network)]->gflop(level_size(picture, level.scale));
  }
  return sum;
}

}  // namespace faceveil
