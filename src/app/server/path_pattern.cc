#include "app/server/path_pattern.h"

#include <algorithm>

namespace faceveil {
namespace {

// Takes the text up to the next '/' and that.
std::string_view take_segment(std::string_view& text) {
  const std::string_view segment = text.substr(0, text.find('/'));
  text.remove_prefix(std::min(segment.size() + 1, text.size()));
  return segment;
}

}  // namespace

std::optional<std::vector<std::string>> match_path(std::string_view pattern,
                                                   std::string_view path) {
  std::vector<std::string> names;
  if (pattern.ends_with('*')) {
    pattern.remove_suffix(1);
    return path.starts_with(pattern) ? std::optional(names) : std::nullopt;
  }
  if (std::ranges::count(pattern, '/') != std::ranges::count(path, '/')) return std::nullopt;
  while (!pattern.empty() || !path.empty()) {
    const std::string_view wanted = take_segment(pattern), given = take_segment(path);
    const bool is_name = wanted.starts_with('{');
    if (is_name ? given.empty() : wanted != given) return std::nullopt;
    if (is_name) names.emplace_back(given);
  }
  return names;
}

}  // namespace faceveil
