// draw_film SEED PICTURES: a film of 1920 x 1080 pixels, made by lot as eval-video makes its clips,
// with drawn faces: raw rgb24 pictures on standard output, one after the other, for ffmpeg.

#include <cstdio>
#include <cstdlib>

#include "evaluate/synthetic_clip.h"

namespace faceveil {
namespace {

Result<std::vector<FaceCutout>> drawn_faces() {
  constexpr uint64_t count = 8;
  std::vector<FaceCutout> faces;
  for (uint64_t seed = 0; seed < count; ++seed) faces.push_back(TRY(drawn_face(seed)));
  return faces;
}

Status write_film(const ClipSettings& settings) {
  const std::vector<FaceCutout> faces = TRY(drawn_faces());
  const SyntheticClip clip(settings, faces);
  for (int i = 0; i < clip.picture_count(); ++i) {
    const ClipPicture picture = TRY(clip.picture(i));
    for (int y = 0; y < settings.size.height; ++y) {
      const auto length = static_cast<size_t>(settings.size.width) * 3;
      if (std::fwrite(picture.image.row<uint8_t>(y), 1, length, stdout) != length) {
        return fail(Error::Kind::io, "The film cannot be written.");
      }
    }
  }
  return {};
}

}  // namespace
}  // namespace faceveil

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  faceveil::ClipSettings settings;
  settings.seed = std::strtoull(argv[1], nullptr, 10);
  settings.size = {1920, 1080};
  settings.picture_count = std::atoi(argv[2]);
  return faceveil::write_film(settings) ? 0 : 1;
}
