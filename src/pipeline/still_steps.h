// The steps of the work on one picture. Private to the pipeline.
#pragma once

#include <optional>

#include "media/jpeg_picture.h"
#include "media/still.h"
#include "pipeline/pipeline.h"

namespace faceveil {

// Faces and hand-drawn boxes as a plan for the file `input`, whose picture has this upright size
// and, decoded, is `image`; that may be null where there is no detector to look at it.
Result<RedactionPlan> plan_for_picture(Size upright, const Image* image, BytesView input,
                                       const Detector*, const PlanOptions&);

// Hides what the plan says and encodes. `input` is the file that `still` was decoded from.
Result<Applied> apply_to_still(const RedactionPlan&, Still still, BytesView input,
                               const ApplyOptions&);

// A file that is to be hidden in: a JPEG picture where its coefficients can be worked on, else
// pixels.
struct OpenInput {
  std::optional<JpegPicture> jpeg;
  std::optional<Still> still;
  std::optional<JpegObstacle> obstacle;  // Why a JPEG is here as pixels.
};
Result<OpenInput> open_input(BytesView input);

// Hides what the plan says in the coefficients, and writes these or, for another format, the pixels
// that they give. `input` is the file that the picture was read from.
Result<Applied> apply_to_jpeg(const RedactionPlan&, JpegPicture, BytesView input,
                              const ApplyOptions&);

// What applying begins with, whatever the picture is worked on as: the metadata to carry on, the
// regions, and how many there are. Errors: bad_input for a policy that makes no sense.
struct Applying {
  Metadata kept;
  std::vector<Region> regions;
  Applied applied;
};
Result<Applying> begin_applying(const RedactionPlan&, BytesView input, const ApplyOptions&);

// That a plan is of this file, and of a picture of this upright size. Errors: stale_plan.
Status check_source_file(const RedactionPlan&, BytesView source);
Status check_source_size(const RedactionPlan&, Size upright);

// The picture to lay over faces, where the plan wants one; null where it wants none. Errors: as
// apply_plan.
Result<const Cover*> cover_for(const RedactionPlan&, const std::vector<Region>&,
                               const ApplyOptions&);

// Nothing to hide: the input's own compressed data goes through wherever the format lets it.
Result<Applied> pass_unchanged(BytesView input, const Metadata& kept, Applied);

// The note for a JPEG that went through pixels.
void add_note(Applied&, JpegObstacle);

}  // namespace faceveil
