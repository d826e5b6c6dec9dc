// Hides regions of one picture of a film, in its own luma and chroma.
#pragma once

#include <span>

#include "base/result.h"
#include "media/video_frame.h"
#include "plan/plan.h"
#include "redact/cover.h"

namespace faceveil {

// As paint() (redact/paint.h), and with the same promise, sample by sample: luma outside all
// regions stays as it is, and so does every chroma sample none of whose pixels is hidden; with
// every effect but `mosaic` and `blur` the result depends on nothing that a region covers, nor on
// the chroma that it shares with its neighbours. Errors: as paint().
Status paint_video(VideoFrame&, std::span<const Region>, const Cover* cover = nullptr,
                   bool draws_frames = false);

// Black, all of it: for a picture that nobody could look at.
void cover_whole(VideoFrame&);

}  // namespace faceveil
