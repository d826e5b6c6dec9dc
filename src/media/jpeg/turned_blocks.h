// A picture turned upright in the coefficient domain: blocks change places, coefficients their sign
// and their place, and nothing is rounded.
#pragma once

#include <vector>

#include "media/jpeg/jpeg_state.h"

namespace faceveil {

// Changes `out`, to which the picture's critical parameters are copied already, to the upright
// picture's size, sampling and tables, and gives back its coefficients in `out`'s own memory, in
// `arrays`, one a component. Only from inside guarded().
void turn_upright(const jpeg_decompress_struct& in, jvirt_barray_ptr* arrays_in, Orientation,
                  jpeg_compress_struct& out, jvirt_barray_ptr* arrays_out);

}  // namespace faceveil
