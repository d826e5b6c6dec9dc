// Looks again at a film, as a stranger would: in how many pictures is a face in sight, and how long
// one is exposed at a time.
#pragma once

#include <filesystem>
#include <functional>
#include <vector>

#include "detect/detector.h"
#include "pipeline/verify.h"
#include "pipeline/video.h"
#include "plan/plan.h"

namespace faceveil {

struct VideoVerifyRequest {
  std::filesystem::path film;
  // What the film was made from; empty: not known. A face counts as in sight only if the same
  // detector sees one there in the source's picture too that is not hidden: veils look like faces
  // to it now and then.
  std::filesystem::path source;
  const RedactionPlan* plan = nullptr;  // Borrowed; what is hidden and kept there; null: nothing.
  const Detector* detector = nullptr;   // Borrowed; null: no picture is looked at.
  // Else those that light_look.h names, and around a face in sight every one within a second.
  bool every_picture = true;
  bool has_frames = false;         // As in VerifyRequest.
  bool source_is_damaged = false;  // Known, and gone on with: what cannot be read of it is covered.
  float score_min = 0.2f;
  int thread_count = 1;
  OnVideoProgress on_progress;           // May be empty.
  std::function<bool()> stop_requested;  // Asked at every picture; may be empty.
};

// One face in sight in pictures that were looked at one after the other.
struct Exposure {
  MediaTime from, to;          // Of its first and its last picture.
  std::vector<Keyframe> seen;  // In each of them.
  Rect box;                    // Where the detector was surest; upright pixels.
  float score = 0;             // There.
};

struct VideoVerification {
  int64_t pictures = 0;
  int64_t pictures_looked_at = 0;
  int64_t pictures_looked_at_whole = 0;  // The others around what is hidden or was in sight.
  int64_t hidden_faces = 0;              // By the plan, summed over the pictures; 0 without a plan.
  int64_t exposed_faces = 0;  // Seen, and neither hidden nor to be kept; summed over the pictures.
  int64_t pictures_with_exposed = 0;
  std::vector<Exposure> exposures;   // The longest first.
  std::vector<std::string> streams;  // What stands in the file beside its pictures and its sound.
  std::vector<std::string> tags;     // Names of metadata.
  bool is_animation = false;         // GIF or WebP: streams and tags are all that is in the file.
  Check locality = {CheckId::locality, CheckOutcome::not_checked, {}};

  // In pictures.
  int64_t longest_exposed() const {
    return exposures.empty() ? 0 : std::ssize(exposures.front().seen);
  }
  // Of a thousand faces in the pictures looked at, so many are exposed. Without a plan nobody knows
  // how many faces are hidden: then of a thousand pictures.
  double exposed_a_thousand() const;
  bool clean() const {
    return exposures.empty() && streams.empty() && tags.empty() &&
           locality.outcome != CheckOutcome::found;
  }
};

// Errors: stale_plan where the film has another size than the plan; bad_input where the source has
// fewer pictures than the film; as VideoReader and Detector::detect; cancelled.
Result<VideoVerification> verify_video(const VideoVerifyRequest&);

// The same as what verify says of a still, for reports that hold both.
Verification as_verification(const VideoVerification&, const Detector*);

}  // namespace faceveil
