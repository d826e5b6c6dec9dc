#include "redact/residual.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "redact/blur.h"
#include "redact/mosaic.h"

namespace faceveil {
namespace {

// OpenCV's sigma for a kernel of that size, which paint_blur leaves to it.
float blur_sigma_px(int kernel_px) {
  return 0.3f * (static_cast<float>(kernel_px - 1) * 0.5f - 1) + 0.8f;
}

// The k-th mode over a width w is damped by exp(-(pi k sigma / w)^2 / 2). The pairs of modes that
// stay above 1 / 255 fill a quarter disc of that radius; sqrt(pi / 4) of it is the side of the
// square with as many, and one more mode stands at zero.
int blur_n_eq(const Region& region, PixelFormat format) {
  const float width = std::max({region.box.width, region.box.height, 1.0f});
  // 16 bits resolve the damped modes too: nothing is sure to be lost.
  if (bytes_per_sample(format) > 1) return static_cast<int>(std::ceil(width));
  const float sigma = blur_sigma_px(blur_kernel_px(region.face.width));
  const float modes = width / (std::numbers::pi_v<float> * sigma) * std::sqrt(2 * std::log(255.0f));
  const float side = std::sqrt(std::numbers::pi_v<float> / 4) * modes + 1;
  return static_cast<int>(std::ceil(std::min(side, width)));
}

}  // namespace

ResidualClaim residual_claim(const Region& region, PixelFormat format) {
  switch (region.effect) {
    case Effect::veil:
    case Effect::solid:
    case Effect::emoji:
    case Effect::image:
      return {};
    case Effect::mosaic:
      return {ResidualClaim::Kind::bounded, mosaic_blocks_max};
    case Effect::blur:
      return {ResidualClaim::Kind::reversible, blur_n_eq(region, format)};
  }
  return {};
}

std::string_view claim_name(ResidualClaim::Kind kind) {
  switch (kind) {
    case ResidualClaim::Kind::nothing:
      return "nothing";
    case ResidualClaim::Kind::bounded:
      return "bounded";
    case ResidualClaim::Kind::reversible:
      return "reversible";
  }
  return {};
}

}  // namespace faceveil
