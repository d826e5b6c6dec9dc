// The languages of our messages. English sentences in the code are the keys; messages_zh.cc holds
// the Chinese ones, and language_test.cc checks that none is missing.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace faceveil {

enum class Language { english, chinese };

// The language of this process: chosen once at start by choose_language(), English until then.
Language current_language();
void set_language(Language);

// From a POSIX locale name ("zh_CN.UTF-8") or a language tag ("zh-Hans", "en-GB,en;q=0.9");
// anything that does not begin with "zh" is English.
Language parse_language(std::string_view tag);

// The environment's choice: FACEVEIL_LANG, else LC_ALL, LC_MESSAGES, LANG.
Language language_of_environment();

// `text` in `language` with {0}, {1}, ... replaced by `args`. A sentence without translation comes
// back in English.
std::string translate(Language language, std::string_view text,
                      const std::vector<std::string>& args = {});

// translate() into the language of this process.
std::string tr(std::string_view text, const std::vector<std::string>& args = {});

}  // namespace faceveil
