#include "pipeline/preview.h"

#include <algorithm>

#include "detect/resample.h"
#include "media/still.h"

namespace faceveil {
namespace {

int scaled(int side, int longer, int side_px) {
  return std::max(1, static_cast<int>(int64_t{side} * side_px / longer));
}

}  // namespace

Result<Bytes> preview_of(BytesView output, int side_px) {
  const Still still = TRY(decode_still(output));
  const Size size = still.image.size();
  const int longer = std::max({size.width, size.height, side_px});
  Still preview;
  preview.image = TRY(resample(
      still.image, {scaled(size.width, longer, side_px), scaled(size.height, longer, side_px)}));
  return encode_still(preview, StillFormat::jpeg);
}

}  // namespace faceveil
