// The blocks of a GIF file (GIF89a).
#pragma once

#include "base/bytes.h"

namespace faceveil {

inline constexpr uint32_t gif_extension = 0x21, gif_image = 0x2c, gif_trailer = 0x3b;

// Where the first block begins: behind the header and the global palette.
size_t first_gif_block(BytesView file);

// Where the extension or image at `at` ends, its sub-blocks included; at most the file's size.
size_t end_of_gif_block(BytesView file, size_t at);

// Whether it ends inside the file.
bool is_whole_gif_block(BytesView file, size_t at);

}  // namespace faceveil
