// JSON as the server writes it.
#pragma once

#include <cmath>
#include <nlohmann/json.hpp>
#include <string>

namespace faceveil {

// On one line. File names need not be UTF-8; JSON always is.
inline std::string dump(const nlohmann::ordered_json& json) {
  return json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

// Of percents, seconds and milliseconds more would be noise.
inline double tenths(double value) { return std::round(value * 10) / 10; }

}  // namespace faceveil
