// GIF89a by libvips (libnsgif), written by cgif: the first frame.
#pragma once

#include "media/still.h"

namespace faceveil {

bool sniff_gif(BytesView);
Result<StillHeader> read_gif_header(BytesView);
Result<Still> decode_gif(BytesView);

// Exact where the picture has at most 256 colours and alpha is all or nothing; else with the 256
// colours that fit it best, undithered.
Result<Bytes> encode_gif(const Still&, const Metadata& kept);

// Decodes and encodes.
Result<CleanCopy> copy_gif(BytesView, const Metadata& kept);

}  // namespace faceveil
