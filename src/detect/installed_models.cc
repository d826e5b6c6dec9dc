#include "detect/installed_models.h"

#include <array>

#include "base/files.h"
#include "base/limits.h"
#include "base/sha256.h"
#include "detect/haar.h"

namespace faceveil {
namespace {

struct Origin {
  std::string_view name, file, licence, source;
};

constexpr std::string_view mediapipe = "npm @mediapipe/face_detection 0.4.1657300184";
constexpr std::string_view debian_cascades = "Debian opencv-data";
constexpr std::string_view intel =
    "Intel License Agreement For Open Source Computer Vision Library";

constexpr std::array<Origin, 6> packaged = {{
    {"blazeface-full", "face_detection_full_range.tflite", "Apache-2.0", mediapipe},
    {"blazeface-full-sparse", "face_detection_full_range_sparse.tflite", "Apache-2.0", mediapipe},
    {"blazeface-short", "face_detection_short_range.tflite", "Apache-2.0", mediapipe},
    {"ultra-light-320", "ultra_light_rfb_320.onnx", "MIT",
     "npm faceplugin-face-recognition-js 0.0.1"},
    {"verifier", "face_verifier.onnx", "Apache-2.0", "FaceVeil training/"},
    {"fusion", "fusion.json", "Apache-2.0", "FaceVeil training/"},
}};

constexpr std::array<Origin, 2> cascades = {{
    {"haar", "haarcascade_frontalface_default.xml", intel, debian_cascades},
    {"haar", "haarcascade_profileface.xml", intel, debian_cascades},
}};

Result<std::string> digest_of(const std::filesystem::path& file) {
  const Bytes bytes = TRY(about(file.string(), read_file(file, limits::model_bytes_max)));
  return sha256_hex(bytes);
}

Status add(const Origin& origin, const std::filesystem::path& folder,
           std::vector<InstalledModel>& models) {
  const std::filesystem::path file = folder / origin.file;
  std::string digest = TRY(digest_of(file));
  models.push_back({origin.name, file, origin.licence, origin.source, std::move(digest)});
  return {};
}

}  // namespace

Result<std::vector<InstalledModel>> installed_models(const std::filesystem::path& model_folder) {
  std::vector<InstalledModel> models;
  for (const Origin& origin : packaged) TRY(add(origin, model_folder, models));
  const Result<std::filesystem::path> haar_folder = find_haar_folder();
  if (!haar_folder) return models;
  for (const Origin& origin : cascades) TRY(add(origin, *haar_folder, models));
  return models;
}

Result<InstalledModel> brought_by_a_person(const std::filesystem::path& file) {
  std::string digest = TRY(digest_of(file));
  return InstalledModel{"brought", file, {}, {}, std::move(digest)};
}

}  // namespace faceveil
