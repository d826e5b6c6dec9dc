// What writes the pictures of one format into a file.
#pragma once

#include "media/animation.h"

namespace faceveil {

class PictureSink {
 public:
  virtual ~PictureSink() = default;
  // As AnimationWriter.
  virtual Status write(AnimationPicture, const MayDiffer&) = 0;
  virtual Status finish() = 0;
  virtual int64_t approximated() const { return 0; }
};

// On a descriptor that stays the caller's. Errors: io, over_limit.
Result<std::unique_ptr<PictureSink>> gif_sink(int descriptor, const AnimationInfo& like);
Result<std::unique_ptr<PictureSink>> webp_sink(int descriptor, const AnimationInfo& like);

// All of it. Errors: io.
Status write_all(int descriptor, BytesView);

}  // namespace faceveil
