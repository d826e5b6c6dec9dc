// Looks again at a film, as a stranger would: in how many pictures is a face in sight, and how long
// one is exposed at a time.
#pragma once

#include <filesystem>
#include <functional>
#include <vector>

#include "detect/detector.h"
#include "pipeline/video.h"
#include "plan/plan.h"

namespace faceveil {

struct VideoVerifyRequest {
  std::filesystem::path film;
  const RedactionPlan* plan = nullptr;  // Borrowed; what is hidden and kept there; null: nothing.
  const Detector* detector = nullptr;   // Borrowed, needed.
  float score_min = 0.2f;
  int thread_count = 1;
  OnVideoProgress on_progress;           // May be empty.
  std::function<bool()> stop_requested;  // Asked at every picture; may be empty.
};

// One face in sight in pictures that follow each other.
struct Exposure {
  MediaTime from, to;  // Of its first and its last picture.
  int pictures = 0;
  Rect box;         // Where the detector was surest; upright pixels.
  float score = 0;  // There.
};

struct VideoVerification {
  int64_t pictures = 0;
  int64_t hidden_faces = 0;   // By the plan, summed over the pictures; 0 without a plan.
  int64_t exposed_faces = 0;  // Seen, and neither hidden nor to be kept; summed over the pictures.
  int64_t pictures_with_exposed = 0;
  std::vector<Exposure> exposures;   // The longest first.
  std::vector<std::string> streams;  // What stands in the file beside its pictures and its sound.
  std::vector<std::string> tags;     // Names of metadata.

  int longest_exposed() const { return exposures.empty() ? 0 : exposures.front().pictures; }
  // Of a thousand faces in pictures, so many are exposed. Without a plan nobody knows how many
  // faces are hidden: then of a thousand pictures.
  double exposed_a_thousand() const;
  bool clean() const { return exposures.empty() && streams.empty() && tags.empty(); }
};

// Errors: stale_plan where the film has another size than the plan; as VideoReader and
// Detector::detect; cancelled.
Result<VideoVerification> verify_video(const VideoVerifyRequest&);

}  // namespace faceveil
