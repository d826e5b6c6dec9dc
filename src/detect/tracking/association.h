// Decides which sightings of successive pictures are the same face.
//
// A pass goes through the pictures in one direction. It expects each face where its speed takes it,
// and links pairs of an expected and a seen face, the best pair first (affinity below); sure
// sightings choose before weak ones, so that noise does not take a face's place. A face not seen
// for gap_us_max is given up. Two passes, one forward and one backward, see different things: a
// face that grows more certain is carried back to its weak beginnings by the backward pass. Their
// links are joined, the best first, so that each sighting has at most one before and one behind it.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "detect/sighting.h"

namespace faceveil::tracking {

struct SightingId {
  int moment = 0, index = 0;  // moments[moment].seen[index].
  auto operator<=>(const SightingId&) const = default;
};

struct Link {
  SightingId earlier, later;
  float affinity = 0;
};

struct AssociationOptions {
  float sure_min = 0.5f;  // Scores from here on choose first.
  int64_t gap_us_max = 1'000'000;
};

// One pass, moment by moment, in either direction of time.
class Pass {
 public:
  explicit Pass(AssociationOptions options) : options_(options) {}

  // Links what is seen at `moment` (the index-th of the clip) to what was expected.
  void step(const Moment& moment, int index);
  void forget_all() { expected_.clear(); }  // At a cut.

  std::vector<Rect> expected_at(MediaTime) const;  // Where every face should be.
  const std::vector<Link>& links() const { return links_; }

 private:
  struct Expected {
    SightingId id;
    Sighting last;
    MediaTime last_time;
    Point speed;  // Of the centre, pixels a second along the pass.
  };

  Rect predicted(const Expected&, MediaTime) const;
  float affinity(const Expected&, const Sighting&, MediaTime) const;
  void link_group(const Moment&, int index, bool sure, std::vector<bool>& taken);
  void renew(Expected&, const Sighting&, SightingId, MediaTime) const;

  AssociationOptions options_;
  std::vector<Expected> expected_;
  std::vector<bool> matched_;  // Of expected_, at the moment at hand.
  std::vector<Link> links_;
};

// Sightings of one face, in order of time.
using Chain = std::vector<SightingId>;

// `forward` is a finished forward pass over the same moments.
std::vector<Chain> chains_of(std::span<const Moment>, const Pass& forward,
                             const AssociationOptions&);

}  // namespace faceveil::tracking
