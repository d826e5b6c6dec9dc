#include "app/model_files.h"

#include <algorithm>
#include <filesystem>

#include "base/files.h"
#include "base/limits.h"
#include "base/sha256.h"
#include "detect/detector.h"

namespace faceveil {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> files_in(const fs::path& folder) {
  std::vector<fs::path> files;
  std::error_code error;
  for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
    if (at->is_regular_file(error)) files.push_back(at->path());
  }
  std::ranges::sort(files);
  return files;
}

}  // namespace

std::vector<ModelFile> model_files(const std::vector<std::string>& brought) {
  std::vector<fs::path> paths;
  if (const Result<fs::path> folder = find_model_folder()) paths = files_in(*folder);
  paths.insert(paths.end(), brought.begin(), brought.end());
  std::vector<ModelFile> models;
  for (const fs::path& path : paths) {
    const Result<Bytes> bytes = read_file(path, limits::model_bytes_max);
    if (bytes) models.push_back({path.filename().string(), sha256_hex(*bytes)});
  }
  return models;
}

}  // namespace faceveil
