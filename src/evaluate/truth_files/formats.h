// The formats of truth files, one file each. Private to the truth readers; errors as parse_truth.
#pragma once

#include <string_view>

#include "evaluate/truth.h"

namespace faceveil {

Result<Truth> parse_csv_truth(std::string_view text);
Result<Truth> parse_wider_truth(std::string_view text);

}  // namespace faceveil
