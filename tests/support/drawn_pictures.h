// Pictures drawn by us, so that tests need no photographs.
#pragma once

#include <cstdint>

#include "media/image.h"

namespace faceveil::test {

// Random samples in every channel: the hardest content for a codec. Same seed, same pixels.
Image noise_picture(PixelFormat, Size, uint32_t seed);

// Smooth coloured gradients with a few hard edges: like a photograph to a codec. Every corner
// differs, so that a turned or mirrored picture is noticed.
Image gradient_picture(PixelFormat, Size);

// A front view of a simple drawn face (head, hair, eyes, brows, nose, mouth) filling `face`, over
// the picture as it is. rgb8 only. The full-range network finds it.
void draw_face(Image&, Rect face);

// Largest absolute difference of two samples at the same place, as a share of the format's maximum;
// 1 if the sizes or formats differ.
double largest_difference(const Image&, const Image&);

}  // namespace faceveil::test
