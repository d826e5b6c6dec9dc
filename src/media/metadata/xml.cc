#include "media/metadata/xml.h"

#include <algorithm>

namespace faceveil {
namespace {

constexpr size_t depth_max = 64, tokens_max = 100'000;
constexpr std::string_view blanks = " \t\r\n";

using Kind = XmlToken::Kind;

bool is_blank(char c) { return blanks.find(c) != blanks.npos; }

// Letters beyond ASCII are taken as they come: names are only compared.
bool is_name(char c) {
  return !is_blank(c) && std::string_view("<>/=\"'&!?").find(c) == std::string_view::npos;
}

class XmlReader {
 public:
  explicit XmlReader(std::string_view text) : rest_(text) {}

  std::optional<std::vector<XmlToken>> read() {
    while (!rest_.empty() && tokens_.size() < tokens_max) {
      if (!read_token()) return std::nullopt;
    }
    if (!rest_.empty() || !open_.empty()) return std::nullopt;
    return std::move(tokens_);
  }

 private:
  bool read_token() {
    if (rest_[0] != '<') return take(Kind::text, std::min(rest_.find('<'), rest_.size()));
    if (rest_.starts_with("<?")) return take_until(Kind::instruction, "?>", 2);
    if (rest_.starts_with("<!--")) return take_until(Kind::comment, "-->", 4);
    if (rest_.starts_with("</")) return read_close();
    return read_open();
  }

  bool take(Kind kind, size_t length) {
    tokens_.push_back({kind, {}, {}, rest_.substr(0, length)});
    rest_.remove_prefix(length);
    return true;
  }

  bool take_until(Kind kind, std::string_view end, size_t from) {
    const size_t at = rest_.find(end, from);
    return at != rest_.npos && take(kind, at + end.size());
  }

  bool read_close() {
    const size_t end = rest_.find('>');
    if (end == rest_.npos) return false;
    std::string_view name = rest_.substr(2, end - 2);
    name = name.substr(0, name.find_last_not_of(blanks) + 1);
    if (open_.empty() || open_.back() != name) return false;
    open_.pop_back();
    take(Kind::close, end + 1);
    tokens_.back().name = name;
    return true;
  }

  bool read_open() {
    size_t at = 1;
    const std::string_view name = name_at(at);
    if (name.empty()) return false;
    std::vector<XmlAttribute> attributes;
    while (const auto attribute = attribute_at(at)) attributes.push_back(*attribute);
    at = std::min(rest_.find_first_not_of(blanks, at), rest_.size());
    const bool empty = rest_.substr(at).starts_with("/>");
    if (!empty && !rest_.substr(at).starts_with(">")) return false;
    if (!empty) open_.push_back(name);
    take(empty ? Kind::empty : Kind::open, at + (empty ? 2 : 1));
    tokens_.back().name = name;
    tokens_.back().attributes = std::move(attributes);
    return open_.size() <= depth_max;
  }

  // Moves `at` behind the name.
  std::string_view name_at(size_t& at) const {
    const size_t start = at;
    while (at < rest_.size() && is_name(rest_[at])) ++at;
    return rest_.substr(start, at - start);
  }

  // Moves `at` behind the attribute, where there is one.
  std::optional<XmlAttribute> attribute_at(size_t& at) const {
    size_t next = std::min(rest_.find_first_not_of(blanks, at), rest_.size());
    if (next == at) return std::nullopt;
    const std::string_view name = name_at(next);
    next = std::min(rest_.find_first_not_of(blanks, next), rest_.size());
    if (name.empty() || next >= rest_.size() || rest_[next] != '=') return std::nullopt;
    next = rest_.find_first_not_of(blanks, next + 1);
    if (next == rest_.npos || (rest_[next] != '"' && rest_[next] != '\'')) return std::nullopt;
    const size_t end = rest_.find(rest_[next], next + 1);
    if (end == rest_.npos) return std::nullopt;
    const XmlAttribute attribute{name, rest_.substr(next + 1, end - next - 1),
                                 rest_.substr(at, end + 1 - at)};
    if (attribute.value.find('<') != std::string_view::npos) return std::nullopt;
    at = end + 1;
    return attribute;
  }

  std::string_view rest_;
  std::vector<XmlToken> tokens_;
  std::vector<std::string_view> open_;
};

}  // namespace

std::optional<std::vector<XmlToken>> read_xml(std::string_view text) {
  return XmlReader(text).read();
}

}  // namespace faceveil
