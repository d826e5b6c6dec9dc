// Does what a tracker asks of a picture, with the detector at hand.
#pragma once

#include <optional>
#include <vector>

#include "detect/detector.h"
#include "detect/tracker.h"

namespace faceveil {

// How a film is followed with this search, as far as the search decides. Quick search looks
// everywhere in each picture, which is not dearer than windows. Balanced search has a harder one,
// thorough search: it is asked for at the beginning of scenes and about once a second.
TrackerOptions tracker_options_for(Search);

class Observer {
 public:
  // Borrows nothing: shares the detector's networks.
  explicit Observer(const Detector&);

  // Faces as `look` asks for, in the picture's own coordinates, of at least `score_min`: none, at
  // no cost, where it asks for nothing. Results do not depend on the detector's number of threads.
  // Errors: as Detector::detect.
  Result<std::vector<Face>> look(const Image&, const Look& look, float score_min) const;

 private:
  Detector detector_;
  std::optional<Detector> harder_;  // Absent where the detector does its hardest already.
};

}  // namespace faceveil
