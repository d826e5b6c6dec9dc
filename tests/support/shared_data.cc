#include "tests/support/shared_data.h"

#include <cstdlib>

namespace faceveil::test {
namespace {

std::filesystem::path folder_from(const char* variable, const std::filesystem::path& otherwise) {
  const char* value = std::getenv(variable);
  return value && *value ? std::filesystem::path(value) : otherwise;
}

}  // namespace

std::filesystem::path source_folder() {
  return folder_from("FACEVEIL_SOURCE_DIR", std::filesystem::current_path());
}

std::filesystem::path shared_folder() {
  return folder_from("FACEVEIL_SHARED", source_folder() / ".." / "shared");
}

}  // namespace faceveil::test
