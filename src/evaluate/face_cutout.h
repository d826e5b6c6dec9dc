// Faces without a background, to be laid into synthetic clips.
#pragma once

#include <cstdint>

#include "base/result.h"
#include "media/image.h"

namespace faceveil {

struct FaceCutout {
  Image image;  // rgba8.
  Rect face;    // Where the face is in it, as a detector would box it.
};

// A front view of a simple head; hair, skin and proportions drawn by lot. Same seed, same pixels.
Result<FaceCutout> drawn_face(uint64_t seed);

// A picture filled by one face, as a photograph cut close: what lies outside the inscribed ellipse
// becomes transparent. Any Image. Errors: over_limit.
Result<FaceCutout> cut_face(const Image& picture);

}  // namespace faceveil
