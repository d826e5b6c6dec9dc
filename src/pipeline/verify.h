// Looks at an output again, as a stranger would: are faces left in sight, is a second picture, a
// place or a tail in the file, and is everything outside the hidden regions as it was?
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "base/sentence.h"
#include "detect/detector.h"
#include "media/jpeg_picture.h"
#include "plan/plan.h"

namespace faceveil {

// What is looked for. In the order of the reports.
enum class CheckId : uint8_t { faces, second_pictures, places, stray_bytes, locality };
enum class CheckOutcome : uint8_t { clean, found, not_checked };

std::string_view check_name(CheckId);         // "second_pictures", as in JSON.
std::string_view outcome_name(CheckOutcome);  // "not_checked".

struct Check {
  CheckId id = CheckId::faces;
  CheckOutcome outcome = CheckOutcome::clean;
  Sentence note;  // For people: what it rests on, or why it was not done.
};

struct Finding {
  CheckId check = CheckId::faces;
  Rect box;         // Of a face: upright pixels.
  float score = 0;  // Of a face.
  Sentence detail;  // Of anything else, and of a face in a film: what, where and when.
};

struct Verification {
  std::vector<Check> checks;  // One an id, in their order.
  std::vector<Finding> findings;
  size_t faces_added = 0;  // By checked_hide.h: what it found and hid besides.
  double milliseconds = 0;

  bool clean() const { return findings.empty(); }
  bool found(CheckId) const;  // Whether a finding is of this check.
  // Of what was looked for: its findings stand here already.
  void add_check(CheckId, Sentence note);
};

// "a face at 10,20 (80 x 90), score 0.61; EXIF thumbnail": for one line.
std::string describe(std::span<const Finding>, Language = current_language());

// What is known of the file that is looked at. All borrowed.
struct VerifyRequest {
  BytesView output;
  const RedactionPlan* plan = nullptr;  // What is hidden and kept there; null: nothing is.
  const Detector* detector = nullptr;   // Null: no faces are looked for.
  float score_min = 0.2f;
  // What `output` was made from; empty: not known. A face counts as left in sight only if the same
  // detector sees one there in the source too that is not hidden: veils look like faces to it now
  // and then.
  BytesView source;
  bool places_are_wanted = false;  // The person asked to keep positions: none is a finding.
  bool was_encoded_again = false;  // A JPEG that had to go through pixels: no block is the same.
  bool has_frames = false;         // Green frames were drawn: they touch pixels outside regions.
  const JpegPicture* source_picture = nullptr;  // The source, read already; null: it is read.
  bool plan_is_the_sources = false;  // Known already: no need to digest the source again.
};

// Errors: stale_plan when the plan is of another source or size; as decode_still, for the output
// and the source; Detector::detect.
Result<Verification> verify(const VerifyRequest&);

// The faces that at this moment nothing hides and no person has decided to keep. A face is hidden
// when at least 70 % of its box is: detectors also see the head around a hidden face, and drawn
// faces on it.
std::vector<Face> faces_in_sight(const std::vector<Face>& faces, const RedactionPlan* plan,
                                 Size picture, MediaTime = {});

}  // namespace faceveil
