// A strict and small reader of XML 1.0 as XMP has it: elements, attributes, text, comments and
// processing instructions. No document types, no CDATA: who needs them is refused, as they are how
// XML is attacked.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

namespace faceveil {

// Views into the text.
struct XmlAttribute {
  std::string_view name, value;  // With prefix; the value as written, without its quotes.
  std::string_view whole;        // With the blanks before it.
};

struct XmlToken {
  enum class Kind { open, close, empty, text, instruction, comment };
  Kind kind = Kind::text;
  std::string_view name;  // Of an element, with prefix.
  std::vector<XmlAttribute> attributes;
  std::string_view whole;
};

// All of it, elements well nested and at most 64 deep. Absent where it is malformed, or has more
// than 100,000 parts.
std::optional<std::vector<XmlToken>> read_xml(std::string_view text);

}  // namespace faceveil
