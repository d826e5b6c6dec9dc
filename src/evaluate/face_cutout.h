// Faces without a background, to be laid into synthetic clips.
#pragma once

#include <cstdint>
#include <optional>

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

// What a head takes up around a labelled face: half of the face's sides more, so that hair, ears
// and chin stay with the face.
Rect head_box(const Rect& face);

// A head out of a photograph: the ellipse in its box. Absent where that cannot be had: the box
// leaves the photograph, the face's shorter side has fewer than 60 pixels, or the photograph is
// grey (a grey head in a coloured scene is in no film). Any Image. Errors: over_limit.
Result<std::optional<FaceCutout>> cut_head(const Image& photograph, const Rect& face);

}  // namespace faceveil
