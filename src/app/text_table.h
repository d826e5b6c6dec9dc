// Columns of text that line up, in every language.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace faceveil {

// Columns that a terminal needs for it: Chinese characters take two.
int display_width(std::string_view utf8);

// The first column to the left, the others to the right, two blanks between; each row ends with a
// newline. Rows may have different lengths.
std::string format_text_table(const std::vector<std::vector<std::string>>& rows);

// With so many digits behind the point.
std::string fixed(double value, int digits);

}  // namespace faceveil
