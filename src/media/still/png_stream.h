// The compressed pixels of a PNG file.
#pragma once

#include <vector>

#include "media/still/png_chunks.h"

namespace faceveil {

// Whether the IDAT chunks hold one zlib stream (PNG, section 10) and nothing after it: bytes behind
// its end are no part of the picture, and decoders pass over them in silence.
bool ends_with_its_stream(const std::vector<PngChunk>& chunks);

}  // namespace faceveil
