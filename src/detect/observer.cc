#include "detect/observer.h"

#include "detect/local_search.h"

namespace faceveil {

TrackerOptions tracker_options_for(Search search) {
  TrackerOptions options;
  options.detect_every = search == Search::quick ? 1 : detect_every_max;
  if (search == Search::balanced) options.harder_us_max = options.gap_us_max;
  return options;
}

Observer::Observer(const Detector& detector) : detector_(detector) {
  if (detector.options().search == Search::balanced) {
    harder_ = detector.searching(Search::thorough);
  }
}

Result<std::vector<Face>> Observer::look(const Image& picture, const Look& look,
                                         float score_min) const {
  if (!look.full) return detect_in(detector_, picture, look.windows, score_min);
  const bool harder = look.harder && harder_;
  return (harder ? *harder_ : detector_).detect(picture, score_min);
}

}  // namespace faceveil
