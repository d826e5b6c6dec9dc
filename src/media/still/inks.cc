#include "media/still/inks.h"

#include "media/still/vips_wall.h"

namespace faceveil {
namespace {

template <typename Sample>
void mix(const Image& inks, Image& colours) {
  constexpr uint64_t full = static_cast<Sample>(~Sample{0});
  const Sample* ink = inks.row<Sample>(0);
  Sample* colour = colours.row<Sample>(0);
  const size_t pixel_count = inks.size_bytes() / sizeof(Sample) / 4;
  for (size_t i = 0; i < pixel_count; ++i, ink += 4, colour += 3) {
    const uint64_t light = full - ink[3];
    for (int c = 0; c < 3; ++c) {
      colour[c] = static_cast<Sample>(((full - ink[c]) * light + full / 2) / full);
    }
  }
}

Result<Image> mixed_plainly(const Image& inks) {
  const int wide = bytes_per_sample(inks.format());
  Image colours = TRY(Image::create(pixel_format(3, wide), inks.size()));
  if (wide == 2) {
    mix<uint16_t>(inks, colours);
  } else {
    mix<uint8_t>(inks, colours);
  }
  return colours;
}

}  // namespace

Result<Image> inks_to_rgb(const Image& inks, const Bytes& icc_profile) {
  if (!icc_profile.empty()) {
    Result<Image> colours = inks_through_profile(inks, icc_profile);
    if (colours || colours.error().kind == Error::Kind::over_limit) return colours;
  }
  return mixed_plainly(inks);
}

}  // namespace faceveil
