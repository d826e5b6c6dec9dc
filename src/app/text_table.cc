#include "app/text_table.h"

#include <algorithm>
#include <cstdio>

namespace faceveil {

int display_width(std::string_view utf8) {
  int width = 0;
  for (const char c : utf8) {
    const auto byte = static_cast<unsigned char>(c);
    const bool continues = (byte & 0xc0) == 0x80;
    // From U+3000 on: with us only Chinese.
    if (!continues) width += byte >= 0xe3 ? 2 : 1;
  }
  return width;
}

std::string format_text_table(const std::vector<std::vector<std::string>>& rows) {
  std::vector<int> widths;
  for (const auto& row : rows) {
    widths.resize(std::max(widths.size(), row.size()));
    for (size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], display_width(row[i]));
  }
  std::string text;
  for (const auto& row : rows) {
    for (size_t i = 0; i < row.size(); ++i) {
      const std::string blanks(static_cast<size_t>(widths[i] - display_width(row[i])), ' ');
      if (i == 0) {
        text += row[i] + blanks;
      } else {
        text += "  " + blanks + row[i];
      }
    }
    text.erase(text.find_last_not_of(' ') + 1);
    text += '\n';
  }
  return text;
}

std::string fixed(double value, int digits) {
  char text[64];
  std::snprintf(text, sizeof text, "%.*f", digits, value);
  return text;
}

}  // namespace faceveil
