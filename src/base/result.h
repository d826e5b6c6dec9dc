// Errors are values. An operating error (something outside the program was not as hoped) is an
// Error in a Result<T>; an error of our own is a CHECK (check.h) and stops the process.
#pragma once

#include <string>
#include <tl/expected.hpp>  // Debian: libexpected-dev. Becomes std::expected with C++23.
#include <type_traits>
#include <utility>
#include <vector>

#include "base/language.h"

namespace faceveil {

struct Error {
  enum class Kind {
    bad_input,    // The file, option or request is malformed or damaged.
    unsupported,  // Well formed, but of a kind that FaceVeil does not handle.
    over_limit,   // Larger than base/limits.h allows.
    io,           // The operating system refused: no such file, no space, no permission.
    stale_plan,   // The plan was made from another input.
    cancelled,    // The person asked to stop.
    busy,         // Too much work is waiting already (server only).
  };

  Kind kind = Kind::bad_input;
  // One English sentence for the person at the keyboard: what is wrong and what to do. {0}, {1},
  // ... stand for `args`. The sentence is also the key under which messages_zh.cc holds the Chinese
  // one.
  std::string text;
  std::vector<std::string> args;
  std::string subject;  // The file or field that it is about; empty when not yet known.

  // "subject: sentence" in the language asked for.
  std::string message(Language language = current_language()) const;
};

template <typename T>
using Result = tl::expected<T, Error>;
using Status = Result<void>;

// The error to return from a function with a Result. `text` holds {0}, {1}, ... for `args`.
inline tl::unexpected<Error> fail(Error::Kind kind, std::string text,
                                  std::vector<std::string> args = {}) {
  return tl::unexpected(Error{kind, std::move(text), std::move(args), {}});
}

// The same result, its error now naming `subject` (a file, mostly) unless it names one already.
template <typename T>
Result<T> about(const std::string& subject, Result<T> result) {
  if (!result && result.error().subject.empty()) result.error().subject = subject;
  return result;
}

// The same result, its error now naming `file` in front of the field that it names: "plan.json:
// version".
template <typename T>
Result<T> within(const std::string& file, Result<T> result) {
  if (!result) {
    std::string& subject = result.error().subject;
    subject = subject.empty() ? file : file + ": " + subject;
  }
  return result;
}

// tl::expected 1.0 has no value() for void.
template <typename T>
T take(Result<T>&& result) {
  if constexpr (!std::is_void_v<T>) return std::move(*result);
}

}  // namespace faceveil

// The value of `expression`, or return its error from the enclosing function. Use it alone on the
// right of `=` or as a statement: inside a braced initialiser it leaks with gcc 12.
#define TRY(expression)                                                    \
  __extension__({                                                          \
    auto try_result = (expression);                                        \
    if (!try_result) return tl::unexpected(std::move(try_result).error()); \
    ::faceveil::take(std::move(try_result));                               \
  })
