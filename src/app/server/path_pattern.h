// Addresses with names in them: "/api/v1/jobs/{id}/files/{file}".
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace faceveil {

// What stands at the names of `pattern`, in order, where `path` is of its form; a name is one
// segment, not empty. A pattern that ends with '*' fits everything that begins so.
std::optional<std::vector<std::string>> match_path(std::string_view pattern, std::string_view path);

}  // namespace faceveil
