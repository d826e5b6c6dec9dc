// Lines for people who run the program: on standard error, never with picture content or file
// bytes.
#pragma once

#include <string_view>

namespace faceveil {

void log_info(std::string_view line);
void log_warning(std::string_view line);
void log_error(std::string_view line);

}  // namespace faceveil
