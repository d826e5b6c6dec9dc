// What stands ready to look for faces: each model's file, where it comes from, under what licence.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace faceveil {

struct InstalledModel {
  std::string_view name;  // As docs/detection.md calls it.
  std::filesystem::path file;
  std::string_view licence, source;
  std::string sha256;  // Of the file as it lies there now.
};

// Packaged networks and our own models in `model_folder`, then the Haar cascades where they are
// installed (they are optional). Errors: io, over_limit, naming the file.
Result<std::vector<InstalledModel>> installed_models(const std::filesystem::path& model_folder);

// A network that a person brought: of its licence and source nothing is known. Errors: the same.
Result<InstalledModel> brought_by_a_person(const std::filesystem::path& file);

}  // namespace faceveil
