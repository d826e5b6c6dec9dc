#include "evaluate/truth_files/text_lines.h"

#include <charconv>
#include <cmath>

namespace faceveil {
namespace {

template <typename Number>
std::optional<Number> parse_whole(std::string_view text) {
  Number number = {};
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc() || stop != end) return std::nullopt;
  return number;
}

}  // namespace

TextLines::TextLines(std::string_view text) : rest_(text) {
  constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";
  if (rest_.starts_with(byte_order_mark)) rest_.remove_prefix(byte_order_mark.size());
}

std::optional<std::string_view> TextLines::peek() const {
  if (rest_.empty()) return std::nullopt;
  std::string_view line = rest_.substr(0, rest_.find('\n'));
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

std::optional<std::string_view> TextLines::next() {
  const std::optional<std::string_view> line = peek();
  if (!line) return line;
  const size_t end = rest_.find('\n');
  rest_.remove_prefix(end == std::string_view::npos ? rest_.size() : end + 1);
  ++number_;
  return line;
}

tl::unexpected<Error> TextLines::wrong(std::string sentence, std::vector<std::string> args) const {
  return tl::unexpected(Error{Error::Kind::bad_input, std::move(sentence), std::move(args),
                              tr("line {0}", {std::to_string(number_)})});
}

std::vector<std::string_view> split_at(std::string_view line, char separator) {
  std::vector<std::string_view> fields;
  while (true) {
    const size_t end = line.find(separator);
    fields.push_back(line.substr(0, end));
    if (end == std::string_view::npos) return fields;
    line.remove_prefix(end + 1);
  }
}

std::vector<std::string_view> split_at_blanks(std::string_view line) {
  std::vector<std::string_view> fields;
  for (const std::string_view field : split_at(line, ' ')) {
    if (!field.empty()) fields.push_back(field);
  }
  return fields;
}

std::optional<float> parse_float(std::string_view text) {
  const std::optional<float> number = parse_whole<float>(text);
  return number && std::isfinite(*number) ? number : std::nullopt;
}

std::optional<int> parse_count(std::string_view text) {
  const std::optional<int> number = parse_whole<int>(text);
  return number && *number >= 0 ? number : std::nullopt;
}

}  // namespace faceveil
