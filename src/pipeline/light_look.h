// Which pictures of a film the lighter way of looking again looks at.
#pragma once

#include <vector>

#include "plan/plan.h"

namespace faceveil {

// Five pictures a second, and those where a plan is weakest: around the beginning and the end of
// each track that hides, and where its face was least sure.
class LightLook {
 public:
  // `plan` may be null: then only five a second.
  explicit LightLook(const RedactionPlan* plan);

  // Whether to look at the picture of this moment. Asked once for each picture, in order of time.
  bool wants(MediaTime time);

 private:
  std::vector<MediaTime> weak_;  // Sorted.
  MediaTime due_;
};

}  // namespace faceveil
