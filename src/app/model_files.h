// Which models this program would run: for reports.
#pragma once

#include <string>
#include <vector>

namespace faceveil {

struct ModelFile {
  std::string name, sha256;
};

// All files of the model folder by name, then those that a person brought; those that cannot be
// read are left out.
std::vector<ModelFile> model_files(const std::vector<std::string>& brought);

}  // namespace faceveil
