// Whether a sound file ends where it should: of formats whose reader does not tell.
#pragma once

#include "base/bytes.h"

namespace faceveil {

// Whether the pages of an Ogg file follow each other up to the file's end, and the last one says
// that it is the last (RFC 3533, 6). A recording that was broken off between two pages has none.
bool ogg_ends_whole(BytesView file);

// Whether a frame of MPEG audio, layer III, has all the bytes that its header says (ISO/IEC
// 11172-3, 2.4.3.1). True where there is no such header or it leaves the length open.
bool mp3_frame_is_whole(BytesView frame);

}  // namespace faceveil
