// Test data that is not part of the project: labelled pictures, hostile files. Tests that want it
// are skipped, by name, where it is absent.
#pragma once

#include <filesystem>
#include <string_view>

namespace faceveil::test {

// The folder in FACEVEIL_SHARED, default ../shared beside the source tree.
std::filesystem::path shared_folder();

// Where the source tree is (FACEVEIL_SOURCE_DIR, set by ctest; else the working folder).
std::filesystem::path source_folder();

}  // namespace faceveil::test

// `path` under the shared folder, or GTEST_SKIP naming what is absent. For use inside TEST bodies:
//   const auto folder = SHARED_OR_SKIP("hostile");
#define SHARED_OR_SKIP(relative)                                                     \
  ::faceveil::test::shared_folder() / (relative);                                    \
  if (!std::filesystem::exists(::faceveil::test::shared_folder() / (relative)))      \
  GTEST_SKIP() << "no " << (::faceveil::test::shared_folder() / (relative)).string() \
               << ": set FACEVEIL_SHARED to the folder with the shared test data"
