// Picture in, picture out, always by way of a RedactionPlan. Everything here works in memory and
// touches no file; job.h adds files.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "detect/detector.h"
#include "media/still.h"
#include "pipeline/work_step.h"
#include "plan/plan.h"
#include "redact/cover.h"
#include "redact/metadata_policy.h"

namespace faceveil {

// The user's picture for the effect `image`.
struct CoverPicture {
  CoverFingerprint fingerprint;  // What a plan says of it.
  Cover cover;
};

// `name` is the file's, for the plan. Errors: as decode_still.
Result<CoverPicture> decode_cover(BytesView file, std::string name);

struct PlanOptions {
  Effect effect = Effect::veil;
  Shape shape = Shape::ellipse;
  float grow = 0.2f;        // In [0, 2].
  std::vector<Rect> boxes;  // Drawn by hand, hidden as given (no growth).
  float score_min = 0.2f;   // In (0, 1].
  // Faces of a lower score are hidden too, and marked for a person to look at.
  float certain_min = 0.5f;
  std::optional<CoverFingerprint> cover;  // Needed for the effect `image`.
};

struct ApplyOptions {
  bool frame = false;                   // Green frames around what was hidden.
  std::optional<StillFormat> format;    // Of the output; the input's when absent.
  const CoverPicture* cover = nullptr;  // Borrowed; needed for the effect `image`.
  MetadataPolicy metadata = {};         // What else of the input's file the output keeps.
  // JPEG to JPEG: turn the picture upright where that costs nothing (whole MCUs). Otherwise it
  // stays stored as it is, with its orientation as a tag. Other formats are always upright.
  bool upright = false;
};

// The hidden picture, and what to tell the person about it.
struct Applied {
  Bytes bytes;
  StillFormat format = StillFormat::jpeg;
  Size size;                                   // Upright pixels.
  size_t hidden_count = 0;                     // Regions painted.
  PixelFormat painted_in = PixelFormat::rgb8;  // Of the picture when it was painted.
  // Nothing was to be hidden and every pixel is as it was; only metadata was dropped. False, with
  // hidden_count 0, where a lossy format had to be encoded again.
  bool unchanged = false;
  // What a person should know of the way it was done, as English sentences with a Chinese twin:
  // why a whole JPEG was encoded again, why it was not turned.
  std::vector<std::string_view> notes;
};

struct Hidden {
  RedactionPlan plan;
  Applied applied;
};

// Looks, and says what would be hidden. `detector` may be null: then only boxes drawn by hand.
// Errors: as decode_still and Detector::detect.
Result<RedactionPlan> make_plan(BytesView input, const Detector* detector, const PlanOptions&);

// The part of make_plan behind the detector: one more track to hide for each face, in their order.
// Also for judging detectors by what would be painted, and for what a second look finds.
void add_faces(RedactionPlan&, const std::vector<Face>&, const PlanOptions&);

// Hides what the plan says. From JPEG only the MCUs that the regions reach are changed, all others
// keep their coefficients bit for bit; where the file stands in the way of that (JpegObstacle), a
// note says so. Errors: stale_plan when the plan was made from another input or with another cover;
// bad_input without a cover that it needs, or for a policy that makes no sense; as decode_still,
// encode_still.
Result<Applied> apply_plan(const RedactionPlan&, BytesView input, const ApplyOptions&);

// make_plan and apply_plan with the picture decoded once. Errors also: those of `before`.
Result<Hidden> hide(BytesView input, const Detector* detector, const PlanOptions&,
                    const ApplyOptions&, const BeforeStep& before = {});

// Only looks. For `detect` on the command line and over HTTP.
struct Detection {
  Size size;
  std::vector<Face> faces;
};
Result<Detection> detect_faces(BytesView input, const Detector&, float score_min);

// {"width","height","faces":[{"box":[x1,y1,x2,y2],"score","keypoints":[[x,y] six times or none],
// "detector"}],"ms"}
// on one line, with "image" in front when `image_name` is not empty.
std::string format_detection(const Detection&, const std::string& image_name, double ms);

}  // namespace faceveil
