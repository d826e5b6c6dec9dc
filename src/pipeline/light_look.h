// Where the lighter way of looking again looks in which pictures of a film.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "detect/tracker.h"
#include "plan/plan.h"

namespace faceveil {

// Whole pictures, two a second; and between them windows around what the plan hides, where a face
// that moves out from under its veil must be: five times a second, and at the moments where a plan
// is weakest: around the beginning and the end of each track, and where its face was least sure.
class LightLook {
 public:
  // Borrowed, may be null: then only whole pictures.
  explicit LightLook(const RedactionPlan* plan);

  // Where to look in the picture of this moment. Asked once for each picture, in order of time.
  Look at(MediaTime);

  // Windows around these places alone, in any picture; without a plan nobody knows how large
  // pictures are, and all of it is looked at. Nowhere where there are none.
  Look around(std::span<const Rect> boxes) const;

 private:
  struct WeakMoment {
    MediaTime time;
    Rect box;
  };

  std::vector<Rect> boxes_at(MediaTime);

  const RedactionPlan* plan_;
  std::vector<WeakMoment> weak_;                       // In order of time.
  std::optional<MediaTime> last_whole_, last_tracks_;  // When all was looked at; all tracks.
};

}  // namespace faceveil
