#include "media/metadata/words.h"

#include <algorithm>

#include "media/metadata/inspection.h"

namespace faceveil {
namespace {

constexpr size_t coded_run_min = 512, shown_bytes_max = 200;

bool is_control(unsigned char c) {
  return (c < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0x7f;
}

// How many bytes the character that begins `text` has; 0 where it is none (RFC 3629, section 4;
// overlong forms and surrogates are let pass: they are no danger to us).
size_t character_bytes(std::string_view text) {
  const auto first = static_cast<unsigned char>(text[0]);
  const size_t length = first < 0x80                    ? 1
                        : first >= 0xc2 && first < 0xe0 ? 2
                        : first >= 0xe0 && first < 0xf0 ? 3
                        : first >= 0xf0 && first < 0xf5 ? 4
                                                        : 0;
  if (length > text.size()) return 0;
  for (size_t i = 1; i < length; ++i) {
    if ((static_cast<unsigned char>(text[i]) & 0xc0) != 0x80) return 0;
  }
  return length;
}

bool is_base64(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '+' ||
         c == '/' || c == '-' || c == '_' || c == '=';
}

bool is_line_break(char c) { return c == '\n' || c == '\r' || c == '\t'; }

}  // namespace

bool is_text(std::string_view text) {
  while (!text.empty()) {
    const size_t length = character_bytes(text);
    if (length == 0 || is_control(static_cast<unsigned char>(text[0]))) return false;
    text.remove_prefix(length);
  }
  return true;
}

bool holds_coded_bytes(std::string_view text) {
  size_t run = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    // XML writes the line breaks of base64 as a reference.
    for (const std::string_view break_in_xml : {"&#xA;", "&#xa;", "&#10;", "&#xD;", "&#13;"}) {
      if (text.substr(i).starts_with(break_in_xml)) i += break_in_xml.size();
    }
    if (i >= text.size() || is_line_break(text[i])) continue;
    run = is_base64(text[i]) ? run + 1 : 0;
    if (run >= coded_run_min) return true;
  }
  return false;
}

bool is_harmless_text(std::string_view text) {
  return text.size() <= note_bytes_max && is_text(text) && !holds_coded_bytes(text);
}

std::string latin_to_utf8(std::string_view text) {
  std::string utf8;
  for (const char c : text) {
    const auto code = static_cast<unsigned char>(c);
    if (code < 0x80) {
      utf8 += c;
    } else {
      utf8 += static_cast<char>(0xc0 | code >> 6);
      utf8 += static_cast<char>(0x80 | (code & 0x3f));
    }
  }
  return utf8;
}

std::string shown(std::string_view text) {
  if (!is_text(text)) return {};
  size_t length = 0;
  while (length < text.size()) {
    const size_t next = length + character_bytes(text.substr(length));
    if (next > shown_bytes_max) break;
    length = next;
  }
  std::string line(text.substr(0, length));
  std::replace_if(line.begin(), line.end(), is_line_break, ' ');
  return line;
}

}  // namespace faceveil
