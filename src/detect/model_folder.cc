// Where the model files are.
#include <cstdlib>
#include <string>
#include <system_error>

#include "detect/detector.h"

namespace faceveil {
namespace {

namespace fs = std::filesystem;

bool is_folder(const fs::path& path) {
  std::error_code ignored;
  return fs::is_directory(path, ignored);
}

// The folder of the running program; empty when the kernel does not say.
fs::path program_folder() {
  std::error_code error;
  const fs::path program = fs::read_symlink("/proc/self/exe", error);
  return error ? fs::path() : program.parent_path();
}

}  // namespace

Result<fs::path> find_model_folder() {
  const char* chosen = std::getenv("FACEVEIL_MODEL_DIR");
  if (chosen && *chosen) {
    if (is_folder(chosen)) return fs::path(chosen);
    return fail(
        Error::Kind::io,
        "The folder {0} that FACEVEIL_MODEL_DIR names for the face networks does not exist.",
        {chosen});
  }
  const fs::path beside = program_folder() / "models";
  const fs::path shared = (program_folder() / "../share/faceveil/models").lexically_normal();
  if (is_folder(beside)) return beside;
  if (is_folder(shared)) return shared;
  return fail(Error::Kind::io,
              "The face networks are neither in {0} nor in {1}: install FaceVeil again, or set "
              "FACEVEIL_MODEL_DIR.",
              {beside.string(), shared.string()});
}

}  // namespace faceveil
