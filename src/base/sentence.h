// A sentence that is told later, to somebody whose language is not known yet.
#pragma once

#include <string>
#include <vector>

#include "base/language.h"

namespace faceveil {

struct Sentence {
  std::string text;               // In English, with {0}, {1}, ...: the key of its translations.
  std::vector<std::string> args;  // Those that are sentences of ours are translated too.

  bool empty() const { return text.empty(); }
  std::string in(Language language) const {
    std::vector<std::string> told;
    for (const std::string& arg : args) told.push_back(translate(language, arg));
    return translate(language, text, told);
  }
  bool operator==(const Sentence&) const = default;
};

}  // namespace faceveil
