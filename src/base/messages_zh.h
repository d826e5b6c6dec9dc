// The Chinese sentences of the program.
#pragma once

#include <string_view>

namespace faceveil {

// The Simplified Chinese sentence for an English one used as key, with the same {0}, {1}, ...;
// empty when there is none.
std::string_view chinese_message(std::string_view english);

}  // namespace faceveil
