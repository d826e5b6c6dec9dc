// Reading text files line by line, with errors that name the line. Private to the truth readers.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace faceveil {

class TextLines {
 public:
  explicit TextLines(std::string_view text);  // Borrows; a byte order mark is passed over.

  // The next line without its end ("\n" or "\r\n"); absent behind the last one.
  std::optional<std::string_view> next();
  // As next(), without going forward.
  std::optional<std::string_view> peek() const;
  int number() const { return number_; }  // Of the line that next() gave last, from 1.

  // The error about the line that next() gave last.
  tl::unexpected<Error> wrong(std::string sentence, std::vector<std::string> args = {}) const;

 private:
  std::string_view rest_;
  int number_ = 0;
};

// "a,,b" at ',' -> "a", "", "b".
std::vector<std::string_view> split_at(std::string_view line, char separator);
// "a  b " -> "a", "b".
std::vector<std::string_view> split_at_blanks(std::string_view line);

// The whole text as one finite number; absent otherwise.
std::optional<float> parse_float(std::string_view text);
std::optional<int> parse_count(std::string_view text);  // At least 0.

}  // namespace faceveil
