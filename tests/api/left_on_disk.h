// What a server has left in a folder, its subfolders included.
#pragma once

#include <filesystem>
#include <string_view>
#include <vector>

namespace faceveil::test {

// The files that hold this text.
std::vector<std::filesystem::path> files_with(std::string_view text,
                                              const std::filesystem::path& folder);
// How many hidden pictures and films there are.
size_t result_count(const std::filesystem::path& folder);

}  // namespace faceveil::test
