// A film hidden, looked at again, and hidden once more with the faces that were left in sight: all
// before it gets its name.
#pragma once

#include "pipeline/verify_video.h"
#include "pipeline/video.h"

namespace faceveil {

// How a film is looked at again.
struct FilmLook {
  const Detector* detector = nullptr;  // Borrowed; null: no faces are looked for.
  bool every_picture = false;          // Else as in VideoVerifyRequest.
  // So many times at most the faces found are added to the plan and the film is hidden anew from
  // the input. What stays then is in the verification.
  int further_rounds_max = 2;
};

struct CheckedFilm {
  RedactionPlan plan;  // With the faces that were found besides, marked for review.
  UnnamedFilm film;
  VideoVerification verification;  // Of the film as it is.
  size_t tracks_added = 0;
};

// `for_found` says how added faces are hidden. Errors: as apply_video_plan and verify_video; io
// where the film that was written has not as many pictures as it was given.
Result<CheckedFilm> hide_film_and_verify(RedactionPlan, const std::filesystem::path& input,
                                         const std::filesystem::path& output, Overwrite,
                                         const PlanOptions& for_found, const ApplyOptions&,
                                         const VideoOptions&, const FilmLook&);

}  // namespace faceveil
