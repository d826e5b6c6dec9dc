// All that the networks have to say of a picture, sorted by what they speak of: the first half of
// the fusion, before anybody judges. training/ learns from the same.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "detect/evidence.h"
#include "detect/face_network.h"
#include "detect/fusion_model.h"

namespace faceveil {

struct PictureSearchOptions {
  Search search = Search::balanced;
  double face_min_px = 16;  // The smallest face side looked for on purpose, in picture pixels.
  int thread_count = 1;
  // Where a face of about this side, in picture pixels, is expected and no other wanted: each
  // network looks once, at the scale at which it knows such a face well. Nothing is enlarged.
  std::optional<double> expected_side_px;
};

struct Findings {
  std::vector<Level> levels;
  std::vector<LevelCandidate> sightings;
  std::vector<Belief> beliefs;
  std::vector<Cluster> clusters;
  std::vector<Testimony> testimonies;  // By cluster.
};

class PictureSearch {
 public:
  // Networks in this order: packaged ones, then brought ones. `calibrations` by network.
  PictureSearch(std::vector<std::shared_ptr<const FaceNetwork>> networks,
                std::vector<Witness> witnesses, const FusionModel&);

  // The levels looked at in a picture of this size.
  std::vector<Level> levels(Size picture, const PictureSearchOptions&) const;

  // In the halvings of a picture that is not empty, down to one pixel. Errors: as look_everywhere.
  Result<Findings> search(const Halvings&, const PictureSearchOptions&,
                          const StopRequested& = {}) const;

  double gflop(Size picture, const PictureSearchOptions&) const;

 private:
  float probability_of(const LevelCandidate&, std::span<const Level>) const;
  std::vector<Belief> believe(const Findings&) const;

  std::vector<std::shared_ptr<const FaceNetwork>> networks_;
  std::vector<Witness> witnesses_;
  std::vector<Calibration> calibrations_;  // By network.
  float belief_min_, overlap_;
};

}  // namespace faceveil
