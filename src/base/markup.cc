#include "base/markup.h"

namespace faceveil {
namespace {

std::string_view reference_for(char c) {
  switch (c) {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    case '"':
      return "&quot;";
    case '\'':
      return "&#39;";
    default:
      return {};
  }
}

}  // namespace

std::string escaped_markup(std::string_view text) {
  std::string result;
  for (const char c : text) {
    const std::string_view reference = reference_for(c);
    if (reference.empty()) result += c;
    result += reference;
  }
  return result;
}

}  // namespace faceveil
