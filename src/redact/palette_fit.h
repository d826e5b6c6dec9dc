// Hiding in pictures that have a palette.
#pragma once

#include "media/image.h"
#include "redact/hidden_map.h"

namespace faceveil {

// Gives the hidden pixels fewer colours, so that all pixels together have at most 256 and the
// picture can keep a palette. What is in sight does not change, nor does it matter to the result
// what was hidden: only what was painted over it. Does nothing to a picture with 16 bits a sample,
// or with more than 256 colours in sight.
void fit_palette(Image&, const HiddenMap&);

}  // namespace faceveil
