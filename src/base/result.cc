#include "base/result.h"

namespace faceveil {

std::string Error::message(Language language) const {
  const std::string sentence = translate(language, text, args);
  return subject.empty() ? sentence : subject + ": " + sentence;
}

}  // namespace faceveil
