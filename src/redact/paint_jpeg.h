// Hides regions of a JPEG picture in its coefficients: the MCUs that a region reaches get new
// contents, all others keep theirs bit for bit.
#pragma once

#include <span>

#include "base/result.h"
#include "media/jpeg_picture.h"
#include "plan/plan.h"
#include "redact/cover.h"

namespace faceveil {

// A touched MCU is one that holds a pixel of a region or of the 2 px around it. Nothing of its old
// contents stays: first it becomes a smooth surface (harmonic_fill.h), computed component by
// component from the untouched blocks beside the touched ones, then the effects are painted over
// that. So the whole output depends on untouched blocks and on the regions only, with every effect
// but `mosaic` and `blur`: these read, under their own regions, what was there, but nothing of an
// MCU that another effect touches.
//
// `veil` is that surface itself, fading into the shade. With `frames`, green frames as draw_frames
// draws them; they touch MCUs too. Regions that lie outside the picture change nothing.
//
// `cover`: as for paint(). The picture must have no obstacle(). Errors: as paint().
Status paint_jpeg(JpegPicture&, std::span<const Region>, bool frames, const Cover* cover = nullptr);

}  // namespace faceveil
