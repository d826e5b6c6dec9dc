// The compressed pixels of a PNG file.
#pragma once

#include <optional>
#include <vector>

#include "media/still/png_chunks.h"

namespace faceveil {

// Whether the IDAT chunks hold one zlib stream (PNG, section 10) with the rows that IHDR asks for,
// and nothing after either: bytes behind the stream, and bytes in it behind the last row, are no
// part of the picture, and decoders pass over them in silence.
bool ends_with_its_stream(const std::vector<PngChunk>& chunks);

// A zlib stream, of at most `bytes_max` bytes when opened; absent where it is longer or damaged.
std::optional<Bytes> inflated(BytesView stream, size_t bytes_max);

}  // namespace faceveil
