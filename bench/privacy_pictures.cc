// privacy_pictures FOLDER: the pictures of docs/privacy.md and docs/rims.md, of drawn faces only:
// what each effect looks like (effect-*.png), and the rims of hidden regions before and after, six
// times enlarged (rim-*.png). Made by the whole way from file to file, as by `faceveil hide`.

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <random>
#include <string>
#include <vector>

#include "pipeline/pipeline.h"
#include "tests/support/drawn_pictures.h"
#include "tests/support/jpeg_files.h"

namespace {

using namespace faceveil;

bool write(const std::filesystem::path& path, const Image& image) {
  Still still;
  still.image = image.copy().value();
  const Bytes file = encode_still(still, StillFormat::png).value();
  std::ofstream out(path, std::ios::binary);
  out.write(reinterpret_cast<const char*>(file.data()), static_cast<std::streamsize>(file.size()));
  return out.good();
}

// A drawn face on a drawn ground with the grain of a camera.
Image portrait(Size size, const Rect& face) {
  Image image = test::gradient_picture(PixelFormat::rgb8, size);
  test::draw_face(image, face);
  std::minstd_rand random(1);
  for (size_t i = 0; i < image.size_bytes(); ++i) {
    const int value = image.row<uint8_t>(0)[i] + static_cast<int>(random() >> 16) % 9 - 4;
    image.row<uint8_t>(0)[i] = static_cast<uint8_t>(std::clamp(value, 0, 255));
  }
  return image;
}

const CoverPicture& cover() {
  static const CoverPicture instance = [] {
    Still still;
    still.image = test::gradient_picture(PixelFormat::rgb8, {120, 150});
    return decode_cover(encode_still(still, StillFormat::png).value(), "cover.png").value();
  }();
  return instance;
}

// The decoded output for a file with a face in that box, grown as of a detector.
Image hidden(BytesView file, const Rect& face, Effect effect) {
  RedactionPlan plan = make_plan(file, nullptr, {}).value();
  PlanOptions options;
  options.effect = effect;
  add_faces(plan, {{.box = face, .keypoints = {}, .score = 1}}, options);
  plan.cover = cover().fingerprint;
  ApplyOptions apply;
  apply.cover = &cover();
  return decode_still(apply_plan(plan, file, apply).value().bytes).value().image;
}

bool write_effects(const std::filesystem::path& folder) {
  constexpr Rect face{52, 50, 96, 120};
  Still still;
  still.image = portrait({200, 230}, face);
  const Bytes file = encode_still(still, StillFormat::png).value();
  bool good = write(folder / "effect-none.png", still.image);
  for (const Effect effect :
       {Effect::veil, Effect::solid, Effect::emoji, Effect::image, Effect::mosaic, Effect::blur}) {
    const std::string name = "effect-" + std::string(effect_name(effect)) + ".png";
    good = write(folder / name, hidden(file, face, effect)) && good;
  }
  return good;
}

struct Rim {
  std::string name;
  Effect effect;
  int chroma;   // Luma samples to one of chroma, each way.
  int quality;  // 0: a PNG.
  bool progressive;
};

constexpr int cut_px = 56, enlarged = 6, gap_px = 12;

void copy_enlarged(const Image& from, int left, int top, Image& to, int to_left) {
  for (int y = 0; y < cut_px * enlarged; ++y) {
    for (int x = 0; x < cut_px * enlarged; ++x) {
      std::memcpy(to.row<uint8_t>(y) + 3 * (to_left + x),
                  from.row<uint8_t>(top + y / enlarged) + 3 * (left + x / enlarged), 3);
    }
  }
}

Image side_by_side(const Image& before, const Image& after, int left, int top) {
  constexpr int side = cut_px * enlarged;
  Image both = Image::create(PixelFormat::rgb8, {2 * side + gap_px, side}).value();
  std::memset(both.data(), 255, both.size_bytes());
  copy_enlarged(before, left, top, both, 0);
  copy_enlarged(after, left, top, both, side + gap_px);
  return both;
}

bool write_rim(const std::filesystem::path& folder, const Rim& rim) {
  constexpr Rect face{110, 110, 150, 180};
  constexpr int left = 76, top = 104;  // Where the grown ellipse turns from its side to its top.
  Still still;
  still.image = portrait({400, 400}, face);
  Bytes file;
  if (rim.quality == 0) {
    file = encode_still(still, StillFormat::png).value();
  } else {
    test::JpegSettings settings;
    settings.chroma_across = settings.chroma_down = rim.chroma;
    settings.quality = rim.quality;
    settings.progressive = rim.progressive;
    file = test::jpeg_file(still.image, settings);
  }
  const Image before = decode_still(file).value().image;
  return write(folder / ("rim-" + rim.name + ".png"),
               side_by_side(before, hidden(file, face, rim.effect), left, top));
}

bool write_rims(const std::filesystem::path& folder) {
  const std::vector<Rim> rims = {
      {"veil-420-quality-90", Effect::veil, 2, 90, false},
      {"veil-420-quality-50", Effect::veil, 2, 50, false},
      {"veil-444-quality-90", Effect::veil, 1, 90, false},
      {"veil-420-progressive", Effect::veil, 2, 90, true},
      {"veil-png", Effect::veil, 1, 0, false},
      {"solid-420-quality-90", Effect::solid, 2, 90, false},
      {"emoji-420-quality-90", Effect::emoji, 2, 90, false},
      {"mosaic-420-quality-90", Effect::mosaic, 2, 90, false},
  };
  bool good = true;
  for (const Rim& rim : rims) good = write_rim(folder, rim) && good;
  return good;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fprintf(stderr, "usage: privacy_pictures FOLDER\n");
    return 2;
  }
  const std::filesystem::path folder = argv[1];
  std::filesystem::create_directories(folder);
  return write_effects(folder) && write_rims(folder) ? 0 : 1;
}
