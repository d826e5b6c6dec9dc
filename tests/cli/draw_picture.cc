// draw_picture group|landscape FILE SEED: a drawn picture with three faces, or none, in the format
// of the file's extension. For scenario scripts and benchmarks, which have no photographs.

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "media/still.h"
#include "tests/support/drawn_pictures.h"

namespace {

using namespace faceveil;

Image group(int seed) {
  Image image = test::gradient_picture(PixelFormat::rgb8, {960, 640});
  const float shift = static_cast<float>(seed * 7 % 40);
  for (const Rect face :
       {Rect{90, 120, 190, 240}, Rect{390, 160, 180, 220}, Rect{670, 110, 200, 250}}) {
    test::draw_face(image, {face.x + shift, face.y, face.width, face.height});
  }
  return image;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) return 2;
  const std::filesystem::path path = argv[2];
  Still still;
  still.image = argv[1] == std::string("group")
                    ? group(std::atoi(argv[3]))
                    : test::gradient_picture(PixelFormat::rgb8, {640, 400});
  const auto format = format_from_extension(path.extension().string().substr(1));
  if (!format) return 2;
  const auto bytes = encode_still(still, *format);
  if (!bytes) return 1;
  std::ofstream file(path, std::ios::binary);
  file.write(reinterpret_cast<const char*>(bytes->data()),
             static_cast<std::streamsize>(bytes->size()));
  return file ? 0 : 1;
}
