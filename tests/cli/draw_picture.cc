// draw_picture KIND FILE SEED: a drawn picture in the format of the file's extension. KIND is
//   group      three faces, 960 x 640
//   landscape  no face, 640 x 400
//   400mp      three faces in grey, 20,000 x 20,000
//   vga, hd, 12mp   three faces and the grain of a camera: 640 x 480, 1920 x 1080, 4000 x 3000
// For scenario scripts and benchmarks, which have no photographs.

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>
#include <string>
#include <string_view>

#include "media/still.h"
#include "tests/support/drawn_pictures.h"

namespace {

using namespace faceveil;

// Three faces at places and sizes relative to 960 x 640, moved a little by the seed.
Image group(Size size, int seed) {
  Image image = test::gradient_picture(PixelFormat::rgb8, size);
  const float x_scale = static_cast<float>(size.width) / 960;
  const float y_scale = static_cast<float>(size.height) / 640;
  const float shift = static_cast<float>(seed * 7 % 40);
  for (const Rect face :
       {Rect{90, 120, 190, 240}, Rect{390, 160, 180, 220}, Rect{670, 110, 200, 250}}) {
    test::draw_face(image, {(face.x + shift) * x_scale, face.y * y_scale, face.width * y_scale,
                            face.height * y_scale});
  }
  return image;
}

// As large as a picture may be: grey, without a copy in colour.
Image largest() {
  constexpr int side = 20'000, tile = 1000;
  Image image = Image::create(PixelFormat::gray8, {side, side}).value();
  std::fill_n(image.data(), image.size_bytes(), std::byte{150});
  const Image faces = group({tile, tile}, 1);
  for (int y = 0; y < tile; ++y) {
    const uint8_t* from = faces.row<uint8_t>(y);
    uint8_t* to = image.row<uint8_t>(side - tile + y) + side - tile;
    for (int x = 0; x < tile; ++x) to[x] = from[ptrdiff_t{3} * x + 1];
  }
  return image;
}

// Without grain a drawing is so smooth that a codec has nothing to do.
Image with_grain(Image image, uint32_t seed) {
  std::minstd_rand random(seed);
  for (size_t i = 0; i < image.size_bytes(); ++i) {
    const int grain = static_cast<int>(random() >> 16) % 17 - 8;
    const int value = static_cast<int>(image.data()[i]) + grain;
    image.data()[i] = static_cast<std::byte>(std::clamp(value, 0, 255));
  }
  return image;
}

Image draw(std::string_view kind, int seed) {
  if (kind == "landscape") return test::gradient_picture(PixelFormat::rgb8, {640, 400});
  if (kind == "vga") return with_grain(group({640, 480}, seed), 1);
  if (kind == "hd") return with_grain(group({1920, 1080}, seed), 1);
  if (kind == "400mp") return largest();
  if (kind == "12mp") return with_grain(group({4000, 3000}, seed), 1);
  return group({960, 640}, seed);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) return 2;
  const std::filesystem::path path = argv[2];
  Still still;
  still.image = draw(argv[1], std::atoi(argv[3]));
  const auto format = format_from_extension(path.extension().string().substr(1));
  if (!format) return 2;
  const auto bytes = encode_still(still, *format);
  if (!bytes) return 1;
  std::ofstream file(path, std::ios::binary);
  file.write(reinterpret_cast<const char*>(bytes->data()),
             static_cast<std::streamsize>(bytes->size()));
  return file ? 0 : 1;
}
