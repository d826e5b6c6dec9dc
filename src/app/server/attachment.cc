#include "app/server/attachment.h"

#include <cstdio>

namespace faceveil {
namespace {

constexpr size_t stem_bytes_max = 120;

// What Windows, macOS or Linux forbid in names, controls, and the percent sign, which some clients
// decode in `filename`.
bool is_troublesome(char c) {
  const auto code = static_cast<unsigned char>(c);
  return code < 0x20 || code == 0x7f ||
         std::string_view("\"%*/:<>?\\|").find(c) != std::string::npos;
}

bool is_attr_char(char c) {  // RFC 8187, 3.2.1.
  const bool letter_or_digit =
      (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
  return letter_or_digit || std::string_view("!#$&+-.^_`|~").find(c) != std::string::npos;
}

// Cuts before the character that would be split, not within it.
std::string_view cut_utf8(std::string_view text, size_t bytes_max) {
  if (text.size() <= bytes_max) return text;
  while (bytes_max > 0 && (static_cast<unsigned char>(text[bytes_max]) & 0xc0) == 0x80) --bytes_max;
  return text.substr(0, bytes_max);
}

std::string_view stem_of(std::string_view name) {
  if (const size_t slash = name.find_last_of("/\\"); slash != std::string_view::npos) {
    name.remove_prefix(slash + 1);
  }
  const size_t dot = name.rfind('.');
  return dot == std::string_view::npos || dot == 0 ? name : name.substr(0, dot);
}

std::string in_ascii(std::string_view name) {
  std::string ascii;
  for (const char c : name) {
    const auto code = static_cast<unsigned char>(c);
    if (code < 0x80) ascii += c;
    if (code >= 0xc0) ascii += '_';  // One for each character, at its first byte.
  }
  return ascii;
}

}  // namespace

std::string hidden_file_name(std::string_view uploaded_name, std::string_view extension) {
  std::string stem;
  for (const char c : cut_utf8(stem_of(uploaded_name), stem_bytes_max)) {
    stem += is_troublesome(c) ? '_' : c;
  }
  stem.erase(0, stem.find_first_not_of(". "));  // A leading dot would hide the file.
  if (stem.empty()) stem = "picture";
  return stem + "-hidden." + std::string(extension);
}

std::string content_disposition(std::string_view file_name) {
  const std::string ascii = in_ascii(file_name);
  std::string value = "attachment; filename=\"" + ascii + "\"";
  if (ascii == file_name) return value;
  value += "; filename*=UTF-8''";
  for (const char c : file_name) {
    char escaped[4];
    std::snprintf(escaped, sizeof escaped, "%%%02X", static_cast<unsigned char>(c));
    value += is_attr_char(c) ? std::string(1, c) : escaped;
  }
  return value;
}

}  // namespace faceveil
