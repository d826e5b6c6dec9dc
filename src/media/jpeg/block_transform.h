// One block from coefficients to samples and back (ITU-T T.81, A.3.3), in plain floating point: one
// forward and one inverse transform for the whole program, so that everything is rounded alike.
#pragma once

#include "media/jpeg_picture.h"

namespace faceveil {

// `across` x `down` samples of a block, each 1, 2, 4 or 8, row by row into `samples`: a reduced
// size comes from the lowest coefficients alone. In [0, 255], not rounded.
void inverse_transform(const int16_t* coefficients, const JpegQuantisation&, int across, int down,
                       float* samples);

// Rounded half away from zero, and kept within what 8-bit files may hold.
JpegCoefficients forward_transform(const JpegSamples&, const JpegQuantisation&);

}  // namespace faceveil
