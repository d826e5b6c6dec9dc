// A small picture of an output, for reports.
#pragma once

#include "base/bytes.h"
#include "base/result.h"

namespace faceveil {

// The output's picture, upright, its longer side at most `side_px`, as a JPEG without any metadata.
// Errors: as decode_still.
Result<Bytes> preview_of(BytesView output, int side_px);

}  // namespace faceveil
