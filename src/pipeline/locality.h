// Whether everything outside the regions is as it was: verify's check of locality. Private to the
// pipeline.
#pragma once

#include <optional>

#include "base/result.h"
#include "pipeline/verify.h"
#include "redact/hidden_map.h"

namespace faceveil {

// The pixels that the plan hides at one moment.
HiddenMap hidden_by(const RedactionPlan&, Size picture, MediaTime = {});

// The picture of a file, decoded when somebody looks at it for the first time.
class LazyPicture {
 public:
  explicit LazyPicture(BytesView file) : file_(file) {}

  // Errors: as decode_still.
  Result<const Image*> image();

 private:
  BytesView file_;
  std::optional<Image> image_;
};

// By coefficients where output and source are JPEG and can be worked on so: all MCUs that no region
// touches, and the quantisation tables. By pixels where the output's format is lossless. Otherwise
// not_checked, with the reason. In any case the whole output is read, as coefficients or as
// `output`, so that damage shows. Errors: as decode_still, of output and source.
Result<Check> check_locality(const VerifyRequest&, LazyPicture& output);

}  // namespace faceveil
