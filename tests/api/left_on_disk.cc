#include "tests/api/left_on_disk.h"

#include <fstream>
#include <iterator>
#include <string>

namespace faceveil::test {

namespace fs = std::filesystem;

std::vector<fs::path> files_with(std::string_view text, const fs::path& folder) {
  std::vector<fs::path> found;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    std::ifstream file(entry.path(), std::ios::binary);
    const std::string content((std::istreambuf_iterator<char>(file)), {});
    if (content.find(text) != std::string::npos) found.push_back(entry.path());
  }
  return found;
}

size_t result_count(const fs::path& folder) {
  size_t count = 0;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    count += entry.path().parent_path().filename() == "results";
  }
  return count;
}

}  // namespace faceveil::test
