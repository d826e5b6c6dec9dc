#include "app/server/multipart.h"

#include <strings.h>

#include <algorithm>
#include <cstring>
#include <optional>

namespace faceveil {
namespace {

// RFC 2046: a boundary has at most 70 characters.
constexpr size_t boundary_length_max = 70;

constexpr std::string_view form_data = "multipart/form-data";

bool equal_ignoring_case(std::string_view a, std::string_view b) {
  return a.size() == b.size() && strncasecmp(a.data(), b.data(), a.size()) == 0;
}

std::string_view trimmed(std::string_view text) {
  const size_t begin = text.find_first_not_of(" \t");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

// Takes what stands before `separator` off the front of `text`; all of it when there is none.
std::string_view take_until(std::string_view& text, std::string_view separator) {
  const size_t at = text.find(separator);
  const std::string_view taken = text.substr(0, at);
  text.remove_prefix(at == std::string_view::npos ? text.size() : at + separator.size());
  return taken;
}

// A quoted-string's content off the front of `text`, which begins behind the opening quote. Quotes
// are escaped with a backslash by some clients; browsers write %22 instead. Other backslashes stay:
// old browsers send whole Windows paths.
std::string take_quoted(std::string_view& text) {
  std::string value;
  size_t i = 0;
  for (; i < text.size() && text[i] != '"'; ++i) {
    if (text[i] == '\\' && i + 1 < text.size() && text[i + 1] == '"') ++i;
    value += text[i];
  }
  text.remove_prefix(std::min(text.size(), i + 1));
  return value;
}

// The parameter `name` of a header value such as `form-data; name="image"; filename="a;b.jpg"`.
std::optional<std::string> parameter(std::string_view header_value, std::string_view name) {
  take_until(header_value, ";");
  while (!header_value.empty()) {
    const std::string_view key = trimmed(take_until(header_value, "="));
    header_value.remove_prefix(std::min(header_value.size(), header_value.find_first_not_of(' ')));
    std::string value;
    if (header_value.starts_with('"')) {
      header_value.remove_prefix(1);
      value = take_quoted(header_value);
      take_until(header_value, ";");
    } else {
      value = trimmed(take_until(header_value, ";"));
    }
    if (equal_ignoring_case(key, name)) return value;
  }
  return std::nullopt;
}

tl::unexpected<Error> fail_malformed() {
  return fail(Error::Kind::bad_input, "The form is malformed or incomplete.");
}

// The names in a part's headers.
Result<FormPart> parse_part_head(std::string_view head) {
  while (!head.empty()) {
    std::string_view line = take_until(head, "\r\n");
    if (!equal_ignoring_case(trimmed(take_until(line, ":")), "Content-Disposition")) continue;
    const std::optional<std::string> name = parameter(line, "name");
    if (!name) return fail_malformed();
    FormPart part;
    part.name = *name;
    part.file_name = parameter(line, "filename").value_or("");
    return part;
  }
  return fail_malformed();
}

// memmem runs at memory's speed; std::search would not, and the picture is all in here.
size_t find(std::string_view text, std::string_view wanted) {
  const void* found = memmem(text.data(), text.size(), wanted.data(), wanted.size());
  return found ? static_cast<size_t>(static_cast<const char*>(found) - text.data())
               : std::string_view::npos;
}

// Takes everything up to and with the first delimiter, which may lack the line end before it.
Status skip_preamble(std::string_view& rest, std::string_view delimiter) {
  const std::string_view opening = delimiter.substr(2);
  const bool at_once = rest.starts_with(opening);
  const size_t first = at_once ? 0 : find(rest, delimiter);
  if (first == std::string_view::npos) return fail_malformed();
  rest.remove_prefix(first + (at_once ? opening : delimiter).size());
  return {};
}

// Takes one part and the delimiter behind it.
Result<FormPart> take_part(std::string_view& rest, std::string_view delimiter) {
  const size_t head_begin = find(rest, "\r\n");
  const size_t head_end = find(rest, "\r\n\r\n");
  const size_t part_end = find(rest, delimiter);
  if (part_end == std::string_view::npos || head_end > part_end) return fail_malformed();
  FormPart part = TRY(parse_part_head(rest.substr(head_begin, head_end - head_begin)));
  // Between the head of an empty part and the delimiter one line end may serve both.
  const size_t content_begin = std::min(head_end + 4, part_end);
  part.content = as_bytes(rest.substr(content_begin, part_end - content_begin));
  rest.remove_prefix(part_end + delimiter.size());
  return part;
}

}  // namespace

bool is_multipart(std::string_view content_type) {
  return equal_ignoring_case(trimmed(content_type.substr(0, content_type.find(';'))), form_data);
}

Result<std::vector<FormPart>> parse_multipart(BytesView body, std::string_view content_type,
                                              size_t parts_max) {
  const std::string boundary = parameter(content_type, "boundary").value_or("");
  if (boundary.empty() || boundary.size() > boundary_length_max) return fail_malformed();
  const std::string delimiter = "\r\n--" + boundary;

  std::string_view rest = as_text(body);
  TRY(skip_preamble(rest, delimiter));
  std::vector<FormPart> parts;
  while (!rest.starts_with("--")) {
    if (parts.size() == parts_max) {
      return fail(Error::Kind::over_limit, "The form has too many fields.");
    }
    parts.push_back(TRY(take_part(rest, delimiter)));
  }
  return parts;
}

}  // namespace faceveil
