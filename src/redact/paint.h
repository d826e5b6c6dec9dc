// Hides regions of a picture in memory.
#pragma once

#include <span>

#include "base/result.h"
#include "media/image.h"
#include "plan/plan.h"
#include "redact/cover.h"

namespace faceveil {

// Overwrites every region of the picture in place, each with its effect. Pixels outside all regions
// do not change: no edge is feathered, inwards or outwards. With every effect but `mosaic` and
// `blur` the result does not depend on any pixel inside any region. Inside regions alpha becomes
// opaque. Regions reaching over the border are cut there. `cover` is the picture of the effect
// `image`; errors: bad_input when a region has that effect and there is none, as paint_blur.
Status paint(Image&, std::span<const Region>, const Cover* cover = nullptr);

// Whether an effect looks at the pixels that it hides: `mosaic` and `blur`.
bool reads_what_it_hides(Effect);

// Draws a green frame around each region's face box: a review aid that marks where faces were.
// Lines of 3 px where the longer side of `picture` is over 1280 px, of 2 px below: the size of the
// whole picture, of which the image may be a part.
void draw_frames(Image&, std::span<const Region>, Size picture);
int frame_line_px(Size picture);

}  // namespace faceveil
