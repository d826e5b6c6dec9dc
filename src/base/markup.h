// Text inside HTML, XML and SVG.
#pragma once

#include <string>
#include <string_view>

namespace faceveil {

// With & < > " and ' as references, so that it can end no element and no attribute.
std::string escaped_markup(std::string_view text);

}  // namespace faceveil
