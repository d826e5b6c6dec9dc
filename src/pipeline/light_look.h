// Where the lighter way of looking again looks in which pictures of a film.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "detect/tracker.h"
#include "plan/plan.h"

namespace faceveil {

// Whole pictures, five a second; and between them windows around what the plan hides, where a face
// that moves out from under its veil must be: five times a second, and at the moments where a plan
// is weakest: around the beginning and the end of each track, and where its face was least sure.
class LightLook {
 public:
  // Borrowed, may be null: then only whole pictures.
  explicit LightLook(const RedactionPlan* plan);

  // Where to look in the picture of this moment, around `exposed` boxes too: where some are known,
  // whole pictures come twice as often. Asked once for each picture, in order of time.
  Look at(MediaTime time, std::span<const Rect> exposed = {});

 private:
  struct WeakMoment {
    MediaTime time;
    Rect box;
  };

  bool is_whole(MediaTime, bool is_exposed);
  std::vector<Rect> boxes_at(MediaTime, std::span<const Rect> exposed);

  const RedactionPlan* plan_;
  std::vector<WeakMoment> weak_;                       // In order of time.
  std::optional<MediaTime> last_whole_, last_tracks_;  // When all was looked at; all tracks.
};

}  // namespace faceveil
