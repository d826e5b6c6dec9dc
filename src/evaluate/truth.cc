#include "evaluate/truth.h"

#include "evaluate/truth_files/formats.h"
#include "evaluate/truth_files/text_lines.h"

namespace faceveil {

Result<Truth> parse_truth(std::string_view text) {
  const std::string_view first = TextLines(text).next().value_or("");
  return first.find(',') != std::string_view::npos ? parse_csv_truth(text)
                                                   : parse_wider_truth(text);
}

}  // namespace faceveil
