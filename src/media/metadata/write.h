// Puts metadata that an output carries on into its container. What a format has no place for is
// left out: docs/privacy.md has the table.
#pragma once

#include "media/metadata.h"
#include "media/metadata/tiff_write.h"

namespace faceveil {

// Segments to stand behind JFIF: EXIF, XMP, IPTC, comments.
Bytes jpeg_metadata_segments(const Metadata&, Orientation);

// Chunks to stand behind IHDR: EXIF, XMP, texts.
Bytes png_metadata_chunks(const Metadata&);

// `png` gets them.
Bytes with_png_metadata(BytesView png, const Metadata&);

// `webp` in the extended layout with EXIF and XMP. `size` is of its pixels as stored. Errors:
// bad_input where it has no chunks.
Result<Bytes> with_webp_metadata(BytesView webp, Size size, const Metadata&, Orientation);

// `jpeg` as our encoder made it, with the segments behind JFIF.
Bytes with_jpeg_metadata(BytesView jpeg, const Metadata&);

// `gif` with the comments.
Bytes with_gif_metadata(BytesView gif, const Metadata&);

}  // namespace faceveil
