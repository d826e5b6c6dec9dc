#include "base/language.h"

#include <atomic>
#include <cctype>
#include <cstdlib>

#include "base/messages_zh.h"

namespace faceveil {
namespace {

std::atomic<Language> language = Language::english;

// Replaces {0} ... {9}; anything else in braces stays as it is.
std::string fill(std::string_view text, const std::vector<std::string>& args) {
  std::string filled;
  for (size_t i = 0; i < text.size(); ++i) {
    const bool placeholder = text[i] == '{' && i + 2 < text.size() && text[i + 2] == '}' &&
                             std::isdigit(static_cast<unsigned char>(text[i + 1]));
    if (!placeholder) {
      filled += text[i];
      continue;
    }
    const size_t index = static_cast<size_t>(text[i + 1] - '0');
    if (index < args.size()) filled += args[index];
    i += 2;
  }
  return filled;
}

}  // namespace

Language current_language() { return language; }
void set_language(Language chosen) { language = chosen; }

Language parse_language(std::string_view tag) {
  const bool chinese = tag.size() >= 2 && std::tolower(static_cast<unsigned char>(tag[0])) == 'z' &&
                       std::tolower(static_cast<unsigned char>(tag[1])) == 'h';
  return chinese ? Language::chinese : Language::english;
}

Language language_of_environment() {
  for (const char* name : {"FACEVEIL_LANG", "LC_ALL", "LC_MESSAGES", "LANG"}) {
    const char* value = std::getenv(name);
    if (value && *value) return parse_language(value);
  }
  return Language::english;
}

std::string translate(Language wanted, std::string_view text,
                      const std::vector<std::string>& args) {
  if (wanted == Language::chinese) {
    if (const std::string_view chinese = chinese_message(text); !chinese.empty()) text = chinese;
  }
  return fill(text, args);
}

std::string tr(std::string_view text, const std::vector<std::string>& args) {
  return translate(language, text, args);
}

}  // namespace faceveil
