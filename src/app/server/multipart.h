// Bodies of the type multipart/form-data (RFC 7578, with the syntax of RFC 2046 5.1).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"

namespace faceveil {

struct FormPart {
  std::string name;
  std::string file_name;  // As the client gave it; empty for a plain field.
  BytesView content;      // Within the body, not copied.
};

bool is_multipart(std::string_view content_type);

// The parts of `body`, in order. Errors: bad_input for anything that is not complete and well
// formed; over_limit for more than `parts_max` parts.
Result<std::vector<FormPart>> parse_multipart(BytesView body, std::string_view content_type,
                                              size_t parts_max = 64);

}  // namespace faceveil
