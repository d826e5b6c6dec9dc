#include "app/clip_faces.h"

#include <algorithm>
#include <filesystem>

#include "app/evaluation.h"
#include "app/inputs.h"
#include "base/files.h"
#include "base/limits.h"
#include "evaluate/truth.h"
#include "media/still.h"

namespace faceveil {
namespace {

constexpr uint64_t drawn_faces = 8;

Result<std::vector<FaceCutout>> drawn() {
  std::vector<FaceCutout> cutouts;
  for (uint64_t seed = 0; seed < drawn_faces; ++seed) cutouts.push_back(TRY(drawn_face(seed)));
  return cutouts;
}

Result<Still> read_still(const std::filesystem::path& path) {
  const Bytes file = TRY(read_file(path, limits::input_bytes_max));
  return decode_still(file);
}

Result<std::vector<FaceCutout>> whole_pictures(const std::string& folder) {
  const Inputs inputs = TRY(find_inputs({folder}, /*recursive=*/false));
  std::vector<FaceCutout> cutouts;
  for (const Input& input : inputs.files) {
    const Still still = TRY(about(input.path.string(), read_still(input.path)));
    cutouts.push_back(TRY(cut_face(still.image)));
  }
  return cutouts;
}

bool is_alone(const LabelledPicture& picture, const LabelledFace& face) {
  const Rect around = head_box(face.box);
  return std::ranges::none_of(picture.faces, [&](const LabelledFace& other) {
    return &other != &face && intersection_over_union(other.box, around) > 0;
  });
}

Result<std::vector<FaceCutout>> labelled_heads(const std::filesystem::path& folder,
                                               const Truth& truth) {
  std::vector<FaceCutout> cutouts;
  for (const LabelledPicture& picture : truth.pictures) {
    const std::filesystem::path path = folder / picture.name;
    const Still still = TRY(about(path.string(), read_still(path)));
    for (const LabelledFace& face : picture.faces) {
      if (!face.judged || !is_alone(picture, face)) continue;
      std::optional<FaceCutout> head = TRY(cut_head(still.image, face.box));
      if (head) cutouts.push_back(std::move(*head));
    }
  }
  return cutouts;
}

}  // namespace

Result<std::vector<FaceCutout>> clip_faces(const std::string& folder, const std::string& truth) {
  if (folder.empty()) return drawn();
  std::vector<FaceCutout> cutouts;
  if (truth.empty()) {
    cutouts = TRY(whole_pictures(folder));
  } else {
    const Truth labels = TRY(within(truth, read_truth(truth)));
    cutouts = TRY(labelled_heads(folder, labels));
  }
  if (!cutouts.empty()) return cutouts;
  return about(folder, Result<std::vector<FaceCutout>>(
                           fail(Error::Kind::bad_input, "There is no picture in this folder.")));
}

}  // namespace faceveil
