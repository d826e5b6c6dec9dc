// What counts as text, and as text that is no picture in disguise.
#pragma once

#include <string>
#include <string_view>

#include "base/bytes.h"

namespace faceveil {

// Longest text that an output carries on. A caption has some hundred bytes; no picture that shows a
// face has less than this.
inline constexpr size_t note_bytes_max = 16 << 10;

// UTF-8 (RFC 3629) without control characters other than tab and line breaks.
bool is_text(std::string_view);

// Whether some run of at least 512 characters is base64 or hexadecimal, line breaks aside: words
// have blanks, and programs store pictures like that (XMP thumbnails, "Raw profile type").
bool holds_coded_bytes(std::string_view);

// Text that may be carried on: is_text, not longer than note_bytes_max, without coded bytes.
bool is_harmless_text(std::string_view);

std::string latin_to_utf8(std::string_view);

}  // namespace faceveil
