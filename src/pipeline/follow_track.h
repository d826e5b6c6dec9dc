// A box that a person drew in one picture of a film, followed both ways through its neighbours.
#pragma once

#include <vector>

#include "pipeline/film_viewer.h"

namespace faceveil {

struct Followed {
  std::vector<Keyframe> keyframes;  // Sorted by time; the score is 1, a person's.
  // Whether what is in the box was lost on that way; else the way ended at a cut, at the film's end
  // or at the longest way that is followed.
  bool lost_before = false, lost_behind = false;
};

// Follows what is in `box` (upright pixels, not grown) at the picture `number` by its movement, up
// to four seconds or 120 pictures each way and never over a cut. Boxes grow with the way, as errors
// add up; where it is lost the last box is held for 0.3 s, as tracks are extended. Errors: as
// FilmViewer::picture; over_limit.
Result<Followed> follow_both_ways(FilmViewer&, const std::vector<MediaTime>& times, size_t number,
                                  const Rect& box);

}  // namespace faceveil
